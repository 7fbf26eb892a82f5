package com.visitorcount.local.cost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.http.Metric;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.template.Template;
import com.visitorcount.web.WebFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * {@code docs/cost.md} states the product's cost, computed from what it does and AWS's list prices.
 */
@Isolated("takes standard output for itself, where records go")
final class CostTest {
  private static final String PAGE = "example.com/blog/first-post";
  private static final String ORIGIN = "https://example.com";

  /** Alarms, without those that a parameter switches on. */
  private static final Pattern ALARM =
      Pattern.compile("(?m)^ +Type: AWS::CloudWatch::Alarm\n(?! +Condition:)");

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void page_isWhatTheProductCosts() throws Exception {
    CostPage page = new CostPage(inputs());
    Path made = Path.of("target/cost.md").toAbsolutePath();
    Files.writeString(made, page.text());

    assertThat(Files.readString(TestStack.root().resolve("docs/cost.md")))
        .as("docs/cost.md is old: cp %s docs/cost.md, and see that README.md agrees", made)
        .isEqualTo(page.text());
    assertThat(Files.readString(TestStack.root().resolve("README.md")))
        .as("the price in README.md")
        .contains(page.priceWithTrackerOnOwnSite(), page.price());
  }

  private Inputs inputs() throws Exception {
    var function =
        Template.read(TestStack.template()).evaluate(Map.of()).function("RollupFunction");
    Answers answers = new Answers();
    List<String> records = records(answers);
    return new Inputs(
        bytes(records, record -> record.contains("\"Views\"")),
        bytes(records, record -> record.contains("\"Reads\"")),
        bytes(records, record -> record.contains("\"DroppedViews\"")),
        bytes(records, record -> record.contains("\"ViewsRolledUp\"")),
        bytes(records, record -> record.contains("\"months\"")),
        requireNonNull(new WebFiles().find("/v.js")).gzip().length,
        answers.view,
        answers.read,
        answers.tracker,
        function.memoryMegabytes(),
        defaultOf("HistoryDelaySeconds"),
        defaultOf("LogRetentionDays"),
        (int) ALARM.matcher(Files.readString(TestStack.template())).results().count(),
        // without that of the lake, which a parameter switches on
        Metric.values().length - 1);
  }

  /** Sizes of the latest answer of each kind, in bytes. */
  private static final class Answers {
    int view;
    int read;
    int tracker;
  }

  private static int defaultOf(String parameter) throws IOException {
    String template = Files.readString(TestStack.template());
    return Integer.parseInt(
        template.replaceAll("(?s).*\n  " + parameter + ":\n.*?Default: (\\d+)\n.*", "$1"));
  }

  /** What the functions print, each when it has already run once. */
  private List<String> records(Answers answers) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream stdout = System.out;
    try (LocalStack stack =
        TestStack.start(Map.of("HistoryDelaySeconds", "1", "AllowedOrigins", ORIGIN))) {
      System.setOut(new PrintStream(printed, true, UTF_8));
      for (int i = 0; i < 2; i++) {
        post(stack, "{\"url\":\"https://" + PAGE + "\"}", "Googlebot/2.1");
        answers.view =
            post(stack, "{\"page\":\"" + PAGE + "\",\"id\":\"view-" + i + "\"}", "Mozilla/5.0");
        answers.read = get(stack.read().resolve("/?page=" + PAGE), "origin", ORIGIN);
        // a script element requests without an Origin header
        answers.tracker = get(stack.read().resolve("/v.js"), "accept-encoding", "gzip");
        stack.runner().settle();
        stack.runner().runSchedules();
      }
    } finally {
      System.setOut(stdout);
    }
    List<String> lines =
        printed
            .toString(UTF_8)
            .lines()
            .filter(line -> line.contains("\"_aws\"") && !line.contains("\"ColdStart\""))
            // how long it took here says nothing about AWS
            .map(line -> line.replaceAll("\"ms\":[0-9.E-]+", "\"ms\":9.9"))
            .map(line -> line.replaceAll("\"lagSeconds\":\"\\d+\"", "\"lagSeconds\":\"59\""))
            .toList();
    assertThat(lines).noneMatch(line -> line.contains("v.js"));
    return lines;
  }

  private static int bytes(List<String> records, Predicate<String> kind) {
    List<String> found = records.stream().filter(kind).toList();
    assertThat(found).isNotEmpty();
    return found.get(found.size() - 1).getBytes(UTF_8).length + 1;
  }

  private int post(LocalStack stack, String body, String userAgent) throws Exception {
    return send(
        HttpRequest.newBuilder(stack.increment())
            .header("content-type", "text/plain")
            .header("origin", ORIGIN)
            .header("user-agent", userAgent)
            .POST(BodyPublishers.ofString(body)));
  }

  private int get(URI address, String header, String value) throws Exception {
    return send(HttpRequest.newBuilder(address).header(header, value));
  }

  private int send(HttpRequest.Builder request) throws Exception {
    HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isBetween(200, 202);
    return FunctionUrlHead.bytes(answer.headers().map()) + answer.body().length;
  }
}
