package com.visitorcount.local.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.local.packaged.PackagedFunction.Outcome;
import com.visitorcount.sam.template.FunctionResource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the jars write and answer when run as on Lambda, with the template's handler, environment
 * and memory. Some faults occur only in the jar: plugin caches that were not merged, a wrong slf4j,
 * a missing class.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "AWS's runtime interface client is for Linux")
final class PackagedFunctionTest {
  private static final String PLUGINS =
      "org/apache/logging/log4j/core/config/plugins/Log4j2Plugins.dat";
  private static final String SLF4J = "services/org.slf4j.spi.SLF4JServiceProvider";

  /** Part of slf4j itself: a provider that writes nothing. */
  private static final String OTHER_SLF4J = "org.slf4j.helpers.NOP_FallbackServiceProvider";

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path directory;

  private static LocalStack stack;
  private static Wiretap store;
  private static Packages packages;
  private static final Map<String, PackagedFunction> running = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    stack = TestStack.start(Map.of());
    store = Wiretap.before(stack.runner().dynamoDbEndpoint());
    packages = new Packages(directory);
  }

  @AfterAll
  static void stop() {
    running.values().forEach(PackagedFunction::close);
    store.close();
    stack.close();
  }

  /** One process for each function, restored from its snapshot, with all its output read. */
  private static PackagedFunction function(String id) throws Exception {
    PackagedFunction function = running.get(id);
    if (function == null) {
      FunctionResource resource = packages.function(id);
      function = start(packages.task(resource), resource, environment(resource));
      running.put(id, function);
      function.awaitInit();
    }
    function.newLines();
    return function;
  }

  private static PackagedFunction start(
      Path task, FunctionResource resource, Map<String, String> environment) throws IOException {
    return PackagedFunction.start(resource, task, environment, packages.process());
  }

  private static Map<String, String> environment(FunctionResource resource) {
    return PackagedFunction.environment(resource, store.endpoint());
  }

  @Test
  void increment_viewsItsRetryAndADeadStore_leaveWhatTheyMust() throws Exception {
    check(function("IncrementFunction"), "jar.test/a");
  }

  @Test
  void increment_withoutSnapStart_doesTheSame() throws Exception {
    FunctionResource resource = packages.function("IncrementFunction");
    Map<String, String> environment = environment(resource);
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    try (PackagedFunction function = start(packages.task(resource), resource, environment)) {
      function.awaitInit();
      assertThat(function.newLines()).isEmpty();

      check(function, "jar.test/on-demand");
    }
  }

  /** The twins: the same check must detect each of these faults. */
  @Test
  void check_ofAJarWithoutPluginCaches_fails() throws Exception {
    assertChecksFail(metaInf -> Files.delete(metaInf.resolve(PLUGINS)));
  }

  @Test
  void check_ofAJarWithUnmergedPluginCaches_fails() throws Exception {
    List<URL> caches =
        Collections.list(
            PackagedFunctionTest.class.getClassLoader().getResources("META-INF/" + PLUGINS));
    URL layouts =
        caches.stream()
            .filter(cache -> cache.toString().contains("log4j-layout-template-json"))
            .findFirst()
            .orElseThrow();
    assertChecksFail(
        metaInf -> {
          try (InputStream one = layouts.openStream()) {
            Files.write(metaInf.resolve(PLUGINS), one.readAllBytes());
          }
        });
  }

  @Test
  void check_ofAJarWhereSlf4jFindsNothing_fails() throws Exception {
    assertChecksFail(metaInf -> Files.delete(metaInf.resolve(SLF4J)));
  }

  @Test
  void check_ofAJarWhereSlf4jFindsAnother_fails() throws Exception {
    assertChecksFail(metaInf -> Files.writeString(metaInf.resolve(SLF4J), OTHER_SLF4J));
  }

  @Test
  void check_ofAJarWhereSlf4jFindsAnotherToo_fails() throws Exception {
    assertChecksFail(
        metaInf ->
            Files.writeString(
                metaInf.resolve(SLF4J), "\n" + OTHER_SLF4J, StandardOpenOption.APPEND));
  }

  @Test
  void start_withoutMetricsNamespace_isRefusedWithItsName() throws Exception {
    FunctionResource resource = packages.function("IncrementFunction");
    Map<String, String> environment = environment(resource);
    environment.remove("POWERTOOLS_METRICS_NAMESPACE");
    try (PackagedFunction function = start(packages.task(resource), resource, environment)) {
      assertThatThrownBy(() -> check(function, "jar.test/nowhere"))
          .hasStackTraceContaining("POWERTOOLS_METRICS_NAMESPACE is missing");
    }
  }

  private static void assertChecksFail(Packages.Damage damage) throws Exception {
    FunctionResource resource = packages.function("IncrementFunction");
    Path task = packages.damaged(resource, damage);
    try (PackagedFunction function = start(task, resource, environment(resource))) {
      function.awaitInit();
      function.newLines();

      // not JSON, or the wrong content
      assertThatThrownBy(() -> check(function, "jar.test/" + task.getFileName()))
          .isInstanceOfAny(AssertionError.class, JsonProcessingException.class);
    }
  }

  /** Everything that must hold of a function that counts. */
  private static void check(PackagedFunction function, String page) throws Exception {
    String view = Events.post("{\"page\":\"" + page + "\",\"id\":\"v1\"}");
    Outcome counted = function.invoke(view);
    Outcome again = function.invoke(view);
    store.cut(true);
    Outcome failed;
    try {
      failed = function.invoke(view);
    } finally {
      store.cut(false);
    }

    assertThat(counted.response().get("statusCode").asInt()).isEqualTo(200);
    assertThat(counted.response().get("body").textValue())
        .isEqualTo("{\"page\":\"" + page + "\",\"count\":1}");
    assertThat(again.response().get("body")).isEqualTo(counted.response().get("body"));
    JsonNode record = Records.only(counted);
    assertThat(record.get("Views").asInt()).isEqualTo(1);
    assertThat(record.get("page").textValue()).isEqualTo(page);
    JsonNode duplicate = Records.only(again);
    assertThat(duplicate.get("DuplicateViews").asInt()).isEqualTo(1);
    assertThat(duplicate.has("Views")).isFalse();
    assertThat(failed.response().get("statusCode").asInt()).isEqualTo(503);
    assertThat(failed.response().get("headers").get("retry-after").textValue()).isEqualTo("1");
    assertThat(failed.response().get("headers").get("content-type").textValue())
        .isEqualTo("application/problem+json");
    JsonNode fault = Records.afterError(failed, "counters are unavailable");
    assertThat(fault.get("Faults").asInt()).isEqualTo(1);
    assertThat(Records.series(List.of(duplicate, fault)))
        .containsExactlyInAnyOrder(
            "VisitorCount DuplicateViews Service=VisitorCount",
            "VisitorCount Faults Service=VisitorCount");
    assertThat(function.stderr()).isEmpty();
  }

  /** Cases B39 and B40: whatever a client sends, it can inject neither a line nor a metric. */
  @Test
  void increment_hostileRequests_leaveOneWellFormedRecordEachInFewSeries() throws Exception {
    PackagedFunction function = function("IncrementFunction");
    List<String> events = new ArrayList<>();
    events.add(
        Events.post(
            "{\"page\":\"/a%0a{\\\"level\\\":\\\"ERROR\\\",\\\"msg\\\":\\\"forged\\\"}\"}"));
    events.add(Events.post("{\"page\":\"/a\\u2028{\\\"level\\\":\\\"ERROR\\\"}\"}"));
    events.add(Events.post("{\"page\":\"/\\\"},{\\\"_aws\\\":{}}\"}"));
    events.add(Events.post("{\"page\":\"/\\u001b[31m\"}"));
    events.add(Events.post("{\"page\":\"\\u202e/x\"}"));
    events.add(Events.post("not json " + Events.SECRET_IP));
    events.add(post("{}", Map.of("user-agent", "x\r\n{\"level\":\"ERROR\"}")));
    events.add(post("", Map.of("user-agent", "x".repeat(65_536))));
    events.add(post("", Map.of("user-agent", "\u2028\u001B[31m\u0000")));
    events.add(Events.request("POST", "/" + "%0a".repeat(3_000), "", Map.of(), ""));
    for (int i = 0; i < 60; i++) {
      events.add(Events.request("XYZ" + i, "/", "", Map.of("x-forwarded-for", "10.0.0." + i), ""));
      events.add(Events.post("{\"page\":\"jar.test/p" + i + "\"}"));
    }
    List<String> lines = new ArrayList<>();
    for (String event : events) {
      Outcome outcome = function.invoke(event);
      assertThat(outcome.response().get("statusCode").asInt()).as(event).isBetween(200, 499);
      Records.only(outcome);
      lines.addAll(outcome.lines());
    }

    assertThat(Records.series(Records.of(lines)))
        .contains(
            "VisitorCount Views Service=VisitorCount",
            "VisitorCount RejectedRequests Service=VisitorCount")
        .isSubsetOf(
            "VisitorCount Views Service=VisitorCount",
            "VisitorCount NewPages Service=VisitorCount",
            "VisitorCount RejectedRequests Service=VisitorCount",
            // from whichever test comes first
            "VisitorCount ColdStart Service=VisitorCount");
    assertThat(String.join("\n", lines))
        .doesNotContain(
            Events.SECRET_IP, Events.SECRET_AGENT, "10.0.0.", "xxxxxxxx", "forged\"}\n");
    assertThat(function.stderr()).isEmpty();
  }

  private static String post(String body, Map<String, String> headers) {
    return Events.request("POST", "/", "", headers, body);
  }

  @Test
  void read_counts_areAnsweredWithOneRecord() throws Exception {
    PackagedFunction function = function("ReadFunction");

    Outcome one = function.invoke(Events.get("page=jar.test%2Funseen"));
    Outcome two = function.invoke(Events.get("page=a&page=jar.test/b"));
    store.cut(true);
    Outcome failed;
    try {
      failed = function.invoke(Events.get("page=a"));
    } finally {
      store.cut(false);
    }

    assertThat(one.response().get("body").textValue())
        .isEqualTo("{\"page\":\"jar.test/unseen\",\"count\":0}");
    assertThat(two.response().get("body").textValue())
        .isEqualTo("{\"counts\":{\"a\":0,\"jar.test/b\":0}}");
    assertThat(failed.response().get("statusCode").asInt()).isEqualTo(503);
    assertThat(Records.only(one).get("Reads").asInt()).isEqualTo(1);
    assertThat(Records.only(two).get("Reads").asInt()).isEqualTo(1);
    Records.afterError(failed, "counters are unavailable");
    assertThat(function.stderr()).isEmpty();
  }

  /** Lambda parses the dates in such an event with a library that it looks for in the jar. */
  @Test
  void rollup_batchWithARecordThatCannotBeRead_setsItAsideAndStoresTheOthers() throws Exception {
    long now = System.currentTimeMillis() / 1000;
    String batch =
        Events.batch(
            Events.streamed("111", now, "\"views\":{\"N\":\"1\"}"),
            Events.streamed("222", now, "\"views\":{\"N\":\"1\"},\"last\":{\"S\":\"two\"}"),
            Events.streamed("333", now, "\"salt\":{\"B\":\"AAECAw==\"}"));
    PackagedFunction function = function("RollupFunction");

    Outcome outcome = function.invoke(batch);

    assertThat(outcome.response()).isEqualTo(JSON.readTree("{\"batchItemFailures\":[]}"));
    JsonNode record = Records.afterError(outcome, "222");
    assertThat(record.get("setAside").textValue()).isEqualTo("1");
    assertThat(record.get("ViewsRolledUp").asInt()).isEqualTo(1);
    assertThat(record.get("records").textValue()).isEqualTo("3");
    assertThat(Records.series(List.of(record)))
        .containsExactlyInAnyOrder(
            "VisitorCount ViewsRolledUp Service=VisitorCount",
            "VisitorCount Faults Service=VisitorCount",
            "VisitorCount ColdStart Service=VisitorCount");
    assertThat(function.stderr()).isEmpty();
  }

  @Test
  void compact_scheduledEvent_isDoneWithOneRecord() throws Exception {
    PackagedFunction function = function("CompactFunction");

    Outcome outcome = function.invoke(Events.hourly());

    JsonNode record = Records.only(outcome);
    assertThat(record.get("due").isTextual()).isTrue();
    assertThat(record.get("Faults").asInt()).isZero();
    assertThat(function.stderr()).isEmpty();
  }
}
