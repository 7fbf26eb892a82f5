package com.visitorcount.benchmarks;

import com.visitorcount.history.row.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * DuckDB with one thread, over a Parquet file, zstd, and over a file of its own. Each has a row for
 * each view, and is given what we work out ourselves: its visit, whether that is a bounce, how long
 * it takes, and where it came from; and once more in the row with which a visit begins, where
 * questions about whole visits find them without putting views together.
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

  /** The views so far, with second, page, visitor, country and visit, in the order of time. */
  ResultSet views() throws SQLException {
    return connection
        .createStatement()
        .executeQuery(
            "SELECT epoch(second)::BIGINT AS second, page, visitor, country, visit FROM views");
  }

  /** Writes the files, which all questions read from then on. */
  void write() throws Exception {
    execute("COPY views TO '" + file + "' (FORMAT PARQUET, COMPRESSION ZSTD)");
    Path own = file.resolveSibling("views.duckdb");
    Files.deleteIfExists(own);
    execute("ATTACH '" + own + "' AS own");
    execute("CREATE TABLE own.views AS FROM views");
    execute("CHECKPOINT own");
    execute("DROP TABLE views");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * A question to the Parquet file.
   *
   * @param sql with {@code VIEWS} for where the views are
   */
  PreparedQuestion prepare(String sql) throws SQLException {
    return new PreparedQuestion(
        connection.prepareStatement(sql.replace("VIEWS", "read_parquet('" + file + "')")));
  }

  /** The same to the file in DuckDB's own format. */
  PreparedQuestion prepareOwn(String sql) throws SQLException {
    return new PreparedQuestion(connection.prepareStatement(sql.replace("VIEWS", "own.views")));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
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
