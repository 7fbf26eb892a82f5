package com.visitorcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.ExportedRow;
import com.visitorcount.history.row.EachFact;
import com.visitorcount.history.row.Row;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Facts;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowLinesTest {
  private static final LocalDate LAST_DAY = LocalDate.of(2026, 11, 1);

  @TempDir private Path folder;

  private final StringWriter errors = new StringWriter();

  @Test
  void read_badLines_areReportedByFileAndLine() throws Exception {
    Path file = folder.resolve("rows.csv");
    Files.writeString(
        file,
        """
        time,site,page,event,properties,country,device,entry,visitor,engaged_seconds,scroll_percent,interactive
        2026-10-01T00:00:00Z,example.com,example.com/,,,DE,Mobile,true,,,,
        yesterday,example.com,example.com/,,,,,,,,,
        2026-10-01T00:00:00Z,example.org,example.com/,,,,,,,,,
        2026-10-01T00:00:00Z,example.com,,,,,,,,,,
        2026-11-02T00:00:00Z,example.com,example.com/,,,,,,,,,
        2026-10-01T00:00:00Z,example.com,example.com/,,,de,,,,,,
        2026-10-01T00:00:00Z,example.com,example.com/,,,,Phone,,,,,
        2026-10-01T00:00:00Z,example.com,example.com/,signup,"{""plan"":""pro""}",,,,,,,
        2026-10-01T00:00:00Z,example.com,example.com/,signup,[],,,,,,,
        2026-10-01T00:00:00Z,example.com,example.com/,,,,,,a,12,70,
        2026-10-01T00:00:00Z,example.com,example.com/,,,,,,,12,70,
        2026-10-01T00:00:00Z,example.com,example.com/,,,,,,a,-1,70,
        2026-10-01T00:00:00Z,example.com,example.com/,,,,,,a,,101,
        2026-10-01T00:00:00Z,example.com,example.com/,signup,,,,,a,1,,
        2026-10-01T00:00:00Z,example.com,example.com/,signup,,,,,a,,,no
        """);
    List<String> names = new ArrayList<>();

    CsvFile.Contents contents =
        new CsvFile(file, terminal())
            .read(
                RowLines.REQUIRED,
                line -> RowLines.rows(line, LAST_DAY),
                rows -> rows.forEach(row -> names.add(row.page() + " " + row.sequence())));

    assertThat(names)
        .containsExactly(
            "example.com/ 2", "example.com!signup 9", "example.com/ 11", "example.com/ 11");
    assertThat(contents).isEqualTo(new CsvFile.Contents(15, 0, 12));
    assertThat(errors.toString().replace(file.toString(), "F"))
        .contains("F:3: time is not written as in 2026-11-24T13:05:09Z")
        .contains("F:4: page is not one of the line's site")
        .contains("F:5: page is missing")
        .contains("F:6: days after 2026-11-01 cannot be imported yet")
        .contains("F:7: country is not two capital letters")
        .contains("F:8: device is not Mobile, Tablet, Laptop, Desktop or TV")
        .contains("F:10: properties are no JSON object of texts")
        .contains("F:12: engaged_seconds and scroll_percent need a visitor")
        .contains("F:13: engaged_seconds is not a whole number from 0 to 86400")
        .contains("F:14: scroll_percent is not a whole number from 0 to 100")
        .contains("F:15: an event has neither engaged_seconds nor scroll_percent")
        .contains("F:16: interactive is neither true nor false");
  }

  @Test
  void rows_eachFactAlone_areThoseThatWereWritten() throws Exception {
    List<Row> written = new ArrayList<>();
    for (Facts facts : EachFact.alone().values()) {
      long sequence = written.size() + 1L;
      written.add(new Row(PageId.of("example.com"), 0, sequence, 1_764_028_800L, facts, "7"));
    }
    List<String> lines = new ArrayList<>(List.of(String.join(",", RowLines.COLUMNS)));
    written.forEach(
        row -> lines.add(String.join(",", RowLines.fields(new ExportedRow(row, 1, null)))));
    Path file = Files.write(folder.resolve("rows.csv"), lines);
    List<Row> read = new ArrayList<>();

    new CsvFile(file, terminal())
        .read(RowLines.REQUIRED, line -> RowLines.rows(line, LAST_DAY), read::addAll);

    assertThat(read).isEqualTo(written);
  }

  private Terminal terminal() {
    return new Terminal(
        new BufferedReader(new StringReader("")),
        new PrintWriter(new StringWriter()),
        new PrintWriter(errors),
        false,
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }
}
