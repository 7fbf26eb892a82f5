package com.visitorcount.benchmarks;

import com.visitorcount.history.statistics.Totals;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;

/** A question to a database, whose columns are a key and the five numbers of {@link Totals}. */
final class PreparedQuestion {
  private final PreparedStatement statement;

  PreparedQuestion(PreparedStatement statement) {
    this.statement = statement;
  }

  SortedMap<String, Totals> answer() throws SQLException {
    SortedMap<String, Totals> answer = new TreeMap<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        answer.put(
            rows.getString(1),
            new Totals(
                rows.getLong(2),
                rows.getLong(3),
                rows.getLong(4),
                rows.getLong(5),
                rows.getLong(6)));
      }
    }
    return answer;
  }
}
