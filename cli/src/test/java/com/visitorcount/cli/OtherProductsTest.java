package com.visitorcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.row.Row;
import com.visitorcount.page.PageRules;
import com.visitorcount.page.SiteAliases;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.io.BufferedReader;
import java.io.IOException;
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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of the exports of other products, in the formats that these document. */
final class OtherProductsTest {
  private static final LocalDate LAST_DAY = LocalDate.of(2026, 11, 1);
  private static final PageRules RULES =
      new PageRules(Set.of("id"), SiteAliases.of(List.of("www.example.com=example.com")));

  @TempDir private Path folder;

  private final StringWriter errors = new StringWriter();

  @Test
  void goatCounter_lines_areRows() throws IOException {
    Path file =
        file(
            """
            2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,Location,FirstVisit,Date
            /About/,About,false,,Chrome 126,Mac OS 10.15,5f3a,0,News.example/a?b,h,"1440,900,2",US-CA,true,2026-10-01T10:00:00+02:00
            /?id=7&x=1,Home,false,,Firefox,Windows 11,5f3a,0,,,,DE,false,2026-10-01T08:01:00Z
            download,,true,,Safari 17.2,iOS 17.2,,0,letter,c,"390,844,3",,true,2026-10-01T08:02:00Z
            /,,false,,,,s,0,Hacker News,g,,,true,2026-10-01T08:03:00Z
            /,,false,,,,s,1,,,,,true,2026-10-01T08:03:00Z
            ,,false,,,,s,0,,,,,true,2026-10-01T08:03:00Z
            /,,false,,,,s,0,,,,,true,1.10.2026
            /,,false,,,,s,0,,,,,true,1902-10-01T08:03:00Z
            /,,false,,,,s,0,,,,,true,2026-11-02T00:00:00Z
            """);
    List<Row> rows = new ArrayList<>();

    CsvFile.Contents contents =
        new CsvFile(file, terminal())
            .read(
                List.of("2Path"),
                line -> ImportGoatCounter.row(line, "example.com", RULES, LAST_DAY),
                rows::add);

    assertThat(contents).isEqualTo(new CsvFile.Contents(9, 1, 4));
    assertThat(rows)
        .extracting(row -> row.page().toString())
        .containsExactly(
            "example.com/About", "example.com/?id=7", "example.com!download", "example.com/");
    assertThat(rows)
        .extracting(Row::second)
        .startsWith(Instant.parse("2026-10-01T08:00:00Z").getEpochSecond());
    assertThat(rows).extracting(Row::visitor).containsExactly("5f3a", "5f3a", "", "s");
    assertThat(rows)
        .extracting(Row::facts)
        .containsExactly(
            new Facts(true, "news.example", Campaign.NONE, "US", "Chrome", "macOS", "Laptop"),
            new Facts(false, "", Campaign.NONE, "DE", "Firefox", "Windows", ""),
            new Facts(
                true, "", new Campaign("letter", "", "", "", ""), "", "Safari", "iOS", "Mobile"),
            new Facts(true, "Hacker News", Campaign.NONE, "", "", "", ""));
    assertThat(errors.toString().replace(file.toString(), "F"))
        .contains("F:7: 2Path is empty")
        .contains("F:8: Date is not written as")
        .contains("F:9: the day is too long ago")
        .contains("F:10: days after 2026-11-01 cannot");
  }

  @Test
  void umami_lines_areRows() throws IOException {
    Path file =
        file(
            """
            website_id,session_id,visit_id,event_id,hostname,browser,os,device,country,url_path,url_query,utm_source,referrer_domain,event_type,event_name,created_at
            w,s1,v1,e1,www.example.com,crios,iOS,mobile,FI,/a/,?id=1&utm_source=news%20letter&utm_medium=mail,,,1,,2026-10-01 08:00:00
            w,s1,v1,e2,www.example.com,edge-chromium,Windows 10,laptop,US,/,,,www.example.com,2,'+1,2026-10-01T08:00:01.5Z
            w,s1,v1,e3,www.example.com,ios,Mac OS,desktop,,/b,,x,T.CO,1,,2026-10-01 08:00:02.123+02
            w,s1,v1,e4,,chrome,Linux,,,/b,,,,1,,2026-10-01 08:00:00
            w,s1,v1,e5,example.com,chrome,Linux,,,/b,,,,5,,2026-10-01 08:00:00
            w,s1,v1,e6,example.com,chrome,Linux,,,/b,,,,2,,2026-10-01 08:00:00
            w,s1,v1,e7,example.com,chrome,Linux,,,/b,,,,1,,yesterday
            """);
    List<Row> rows = new ArrayList<>();

    CsvFile.Contents contents =
        new CsvFile(file, terminal())
            .read(
                List.of("url_path"),
                line -> ImportUmami.row(line, null, RULES, LAST_DAY),
                rows::add);

    assertThat(contents).isEqualTo(new CsvFile.Contents(7, 1, 3));
    assertThat(rows)
        .extracting(row -> row.page().toString())
        .containsExactly("example.com/a?id=1", "example.com!+1", "example.com/b");
    assertThat(rows.get(1).event().page()).isEqualTo("example.com/");
    assertThat(rows)
        .extracting(row -> Instant.ofEpochSecond(row.second()).toString())
        .containsExactly("2026-10-01T08:00:00Z", "2026-10-01T08:00:01Z", "2026-10-01T06:00:02Z");
    assertThat(rows)
        .extracting(Row::facts)
        .containsExactly(
            new Facts(
                true,
                "",
                new Campaign("news letter", "mail", "", "", ""),
                "FI",
                "Chrome",
                "iOS",
                "Mobile"),
            new Facts(false, "", Campaign.NONE, "US", "Edge", "Windows", "Laptop"),
            new Facts(
                true, "t.co", new Campaign("x", "", "", "", ""), "", "Safari", "macOS", "Desktop"));
    assertThat(errors.toString()).contains(":5: hostname is missing: say --site");
  }

  @ParameterizedTest
  @CsvSource({
    "Chrome 126.0, Chrome",
    "Microsoft Edge, Edge",
    "samsung, Samsung Internet",
    "Netscape 4, Netscape",
    "(not set), ''",
  })
  void browser_ofOthers_hasOurName(String other, String ours) {
    assertThat(OtherNames.browser(other)).isEqualTo(ours);
  }

  @Test
  void start_longText_isCutBetweenCharacters() {
    assertThat(CsvFile.start("é".repeat(300))).isEqualTo("é".repeat(128));
    assertThat(CsvFile.start("x" + "😀".repeat(300))).isEqualTo("x" + "😀".repeat(63));
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("export.csv"), content);
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
