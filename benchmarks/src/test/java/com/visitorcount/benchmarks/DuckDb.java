package com.visitorcount.benchmarks;

import com.visitorcount.history.row.Row;
import com.visitorcount.history.statistics.Totals;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * DuckDB over a Parquet file, zstd, with one thread. The file has a row for each view, and is given
 * what we work out ourselves: its visit, whether that is a bounce, how long it takes, and where it
 * came from; and once more in the row with which a visit begins, where questions about whole visits
 * find them without putting views together.
 */
final class DuckDb implements AutoCloseable {
  private static final int VISIT_GAP_SECONDS = 1_800;

  private final DuckDBConnection connection;
  private final Path file;
  private long lastVisit;

  DuckDb(Path file) throws SQLException {
    this.file = file;
    connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
    execute("SET threads = 1");
    execute(
        """
        CREATE TABLE views (second TIMESTAMP, page VARCHAR, visitor VARCHAR, country VARCHAR,
          browser VARCHAR, os VARCHAR, device VARCHAR, referrer VARCHAR, campaign VARCHAR,
          visit BIGINT, visit_bounce BOOLEAN, visit_duration INTEGER,
          starts BOOLEAN, bounce BOOLEAN, duration INTEGER)\
        """);
  }

  /** Adds the views of a day, in the order of time. */
  void add(List<Row> rows) throws SQLException {
    Map<String, Visit> open = new HashMap<>();
    Visit[] visits = new Visit[rows.size()];
    boolean[] starts = new boolean[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Visit visit = open.get(row.visitor());
      if (visit == null || row.second() > visit.last + VISIT_GAP_SECONDS) {
        visit = new Visit(++lastVisit, row);
        open.put(row.visitor(), visit);
        starts[i] = true;
      }
      visit.views++;
      visit.last = row.second();
      visits[i] = visit;
    }
    try (DuckDBAppender appender = connection.createAppender("main", "views")) {
      for (int i = 0; i < visits.length; i++) {
        append(appender, rows.get(i), visits[i], starts[i]);
      }
    }
  }

  private static void append(DuckDBAppender appender, Row row, Visit visit, boolean starts)
      throws SQLException {
    String page = row.page().toString();
    appender.beginRow();
    appender.append(LocalDateTime.ofEpochSecond(row.second(), 0, ZoneOffset.UTC));
    appender.append(page.substring(page.indexOf('/')));
    appender.append(row.visitor());
    appender.append(row.facts().country());
    appender.append(row.facts().browser());
    appender.append(row.facts().os());
    appender.append(row.facts().device());
    appender.append(visit.first.facts().referrer());
    appender.append(visit.first.facts().campaign().source());
    appender.append(visit.number);
    boolean bounce = visit.views == 1;
    int duration = (int) (visit.last - visit.first.second());
    appender.append(bounce);
    appender.append(duration);
    appender.append(starts);
    appender.append(starts && bounce);
    appender.append(starts ? duration : 0);
    appender.endRow();
  }

  /** Writes the file, which all questions read from then on. */
  void write() throws SQLException {
    execute("COPY views TO '" + file + "' (FORMAT PARQUET, COMPRESSION ZSTD)");
    execute("DROP TABLE views");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * A question, prepared.
   *
   * @param sql with {@code VIEWS} for the file; its columns are a key and the five numbers of
   *     {@link Totals}
   */
  Prepared prepare(String sql) throws SQLException {
    return new Prepared(
        connection.prepareStatement(sql.replace("VIEWS", "read_parquet('" + file + "')")));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** A question. */
  static final class Prepared {
    private final PreparedStatement statement;

    private Prepared(PreparedStatement statement) {
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

  private static final class Visit {
    private final long number;
    private final Row first;
    private int views;
    private long last;

    Visit(long number, Row first) {
      this.number = number;
      this.first = first;
    }
  }
}
