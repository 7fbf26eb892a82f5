package com.visitorcount.lake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.history.ExportedRow;
import com.visitorcount.history.row.Row;
import com.visitorcount.lake.parquet.ParquetColumn;
import com.visitorcount.lake.parquet.ParquetFile;
import com.visitorcount.view.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * Views and events of a site and day as a Parquet file. Its columns are those of {@code export
 * rows}; site and day are not among them, since they are in the file's name.
 */
final class RowFile {
  /** So many rows are in memory until they are written as a group. */
  private static final int GROUP_ROWS = 65_536;

  private static final long MILLIS_OF_A_SECOND = 1_000;

  private static final List<ParquetColumn<ExportedRow>> COLUMNS =
      List.of(
          ParquetColumn.time("time", row -> row.row().second() * MILLIS_OF_A_SECOND),
          ParquetColumn.text("page", RowFile::page),
          ParquetColumn.text("event", row -> row.row().page().eventName()),
          ParquetColumn.text("properties", RowFile::properties),
          ParquetColumn.bool("interactive", RowFile::isInteractive),
          ParquetColumn.optionalInt32("visitor", RowFile::visitor),
          ParquetColumn.optionalInt32("visit", RowFile::visit),
          ParquetColumn.bool("entry", row -> row.row().facts().entry()),
          ParquetColumn.text("referrer", row -> row.row().facts().referrer()),
          ParquetColumn.text("utm_source", row -> row.row().facts().campaign().source()),
          ParquetColumn.text("utm_medium", row -> row.row().facts().campaign().medium()),
          ParquetColumn.text("utm_campaign", row -> row.row().facts().campaign().name()),
          ParquetColumn.text("utm_term", row -> row.row().facts().campaign().term()),
          ParquetColumn.text("utm_content", row -> row.row().facts().campaign().content()),
          ParquetColumn.text("country", row -> row.row().facts().country()),
          ParquetColumn.text("browser", row -> row.row().facts().browser()),
          ParquetColumn.text("os", row -> row.row().facts().os()),
          ParquetColumn.text("device", row -> row.row().facts().device()),
          ParquetColumn.optionalInt32("engaged_seconds", RowFile::engagedSeconds),
          ParquetColumn.optionalInt32("scroll_percent", RowFile::scrollPercent),
          ParquetColumn.int64("sequence", row -> row.row().sequence()),
          ParquetColumn.int64("born", row -> row.row().bornMillis()));

  private final ParquetFile<ExportedRow> file = new ParquetFile<>(COLUMNS);
  private final List<ExportedRow> group = new ArrayList<>();

  void add(ExportedRow row) {
    group.add(row);
    if (group.size() == GROUP_ROWS) {
      writeGroup();
    }
  }

  long rows() {
    return file.rows() + group.size();
  }

  /** Bytes so far, those of rows that are not written yet left out. */
  int size() {
    return file.size();
  }

  /** The whole file; nothing can be added afterwards. */
  byte[] finish() {
    writeGroup();
    return file.finish();
  }

  private void writeGroup() {
    file.write(group);
    group.clear();
  }

  private static String page(ExportedRow exported) {
    Event event = exported.row().event();
    return event == null ? exported.row().page().toString() : event.page();
  }

  private static String properties(ExportedRow exported) {
    Event event = exported.row().event();
    if (event == null || event.properties().isEmpty()) {
      return "";
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    event.properties().forEach(object::put);
    return object.toString();
  }

  private static boolean isInteractive(ExportedRow exported) {
    Event event = exported.row().event();
    return event == null || event.isInteractive();
  }

  private static long visitor(ExportedRow exported) {
    Row row = exported.row();
    return row.visitor().isEmpty() ? ParquetColumn.NONE : Integer.parseInt(row.visitor());
  }

  private static long visit(ExportedRow exported) {
    return exported.visit() < 0 ? ParquetColumn.NONE : exported.visit();
  }

  private static long engagedSeconds(ExportedRow exported) {
    return exported.engagement() == null ? ParquetColumn.NONE : exported.engagement().seconds();
  }

  private static long scrollPercent(ExportedRow exported) {
    return exported.engagement() == null
        ? ParquetColumn.NONE
        : exported.engagement().scrollPercent();
  }
}
