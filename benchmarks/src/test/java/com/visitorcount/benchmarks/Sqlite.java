package com.visitorcount.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * SQLite with the tables of Umami for views and visitors, as far as questions read them, and those
 * of its indexes that the questions can use. Its ids are shorter than Umami's, which favours it.
 */
final class Sqlite implements AutoCloseable {
  private static final int ROWS_AT_ONCE = 10_000;

  private static final List<String> INDEXES =
      List.of(
          "website_event (created_at)",
          "website_event (session_id)",
          "website_event (visit_id)",
          "website_event (website_id)",
          "website_event (website_id, created_at)",
          "website_event (website_id, created_at, url_path)",
          "website_event (website_id, session_id, created_at)",
          "website_event (website_id, visit_id, created_at)",
          "session (website_id)",
          "session (website_id, country)");

  private final Connection connection;

  /** Opens a file that was filled. */
  Sqlite(Path file) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  /**
   * Fills a file.
   *
   * @param file is written over
   * @param views rows with second, page, visitor, country, visit
   */
  Sqlite(Path file, ResultSet views) throws Exception {
    Files.deleteIfExists(file);
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    execute("PRAGMA journal_mode = off");
    execute(
        """
        CREATE TABLE website_event (event_id INTEGER PRIMARY KEY, website_id INTEGER,
          session_id TEXT, visit_id INTEGER, created_at INTEGER, url_path TEXT,
          event_type INTEGER)\
        """);
    execute("CREATE TABLE session (session_id TEXT PRIMARY KEY, website_id INTEGER, country TEXT)");
    fill(views);
    int number = 0;
    for (String index : INDEXES) {
      execute("CREATE INDEX index_" + number++ + " ON " + index);
    }
    execute("ANALYZE");
  }

  private void fill(ResultSet views) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement event =
            connection.prepareStatement(
                "INSERT INTO website_event (website_id, session_id, visit_id, created_at,"
                    + " url_path, event_type) VALUES (1, ?, ?, ?, ?, 1)");
        PreparedStatement session =
            connection.prepareStatement("INSERT OR IGNORE INTO session VALUES (?, 1, ?)")) {
      int rows = 0;
      while (views.next()) {
        event.setString(1, views.getString("visitor"));
        event.setLong(2, views.getLong("visit"));
        event.setLong(3, views.getLong("second"));
        event.setString(4, views.getString("page"));
        event.addBatch();
        session.setString(1, views.getString("visitor"));
        session.setString(2, views.getString("country"));
        session.addBatch();
        if (++rows % ROWS_AT_ONCE == 0) {
          event.executeBatch();
          session.executeBatch();
        }
      }
      event.executeBatch();
      session.executeBatch();
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A question whose columns are a key and the five numbers of totals. */
  PreparedQuestion prepare(String sql) throws SQLException {
    return new PreparedQuestion(connection.prepareStatement(sql));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
