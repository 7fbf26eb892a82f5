package com.visitorcount.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process that mvn -Plocal starts, from outside. */
final class LocalRunTest {
  private static final int STOP_SECONDS = 5;
  private static final int FAIL_SECONDS = 60;
  private static final Pattern READY =
      Pattern.compile(
          "READY site=(http://127\\.0\\.0\\.1:\\d+/) increment=(http://127\\.0\\.0\\.1:\\d+/)"
              + " read=(http://127\\.0\\.0\\.1:\\d+/) dynamodb=http://127\\.0\\.0\\.1:\\d+/");

  @Test
  void run_whoseInputEnds_isGoneWithItsChildren() throws Exception {
    Process run = start("0");
    List<ProcessHandle> children = awaitReady(run);

    run.getOutputStream().close();

    assertGone(run, children);
  }

  @Test
  void run_thatIsTerminated_isGoneWithItsChildren() throws Exception {
    Process run = start("0");
    List<ProcessHandle> children = awaitReady(run);

    run.destroy();

    assertGone(run, children);
  }

  @Test
  void run_thatIsKilled_takesItsChildrenWithIt() throws Exception {
    Process run = start("0");
    List<ProcessHandle> children = awaitReady(run);

    run.destroyForcibly();

    assertGone(run, children);
  }

  @Test
  void run_thatIsKilled_losesNoViewOnItsWayToHistory(@TempDir Path data) throws Exception {
    int views = 20;
    Process run = start("0", "-Ddata=" + data);
    List<ProcessHandle> children;
    try (BufferedReader output = run.inputReader(StandardCharsets.UTF_8)) {
      Matcher ready = READY.matcher(String.valueOf(output.readLine()));
      assertThat(ready.matches()).isTrue();
      children = run.descendants().toList();
      HttpRequest view =
          HttpRequest.newBuilder(URI.create(ready.group(2)))
              .POST(BodyPublishers.ofString("{\"page\":\"a.example/\"}"))
              .build();
      for (int i = 0; i < views; i++) {
        assertThat(HttpClient.newHttpClient().send(view, BodyHandlers.discarding()).statusCode())
            .isEqualTo(200);
      }
      run.destroyForcibly();
    }
    assertGone(run, children);

    LocalOptions options = new LocalOptions(TestStack.root(), 0, data, Map.of());
    try (LocalStack stack = LocalStack.start(options)) {
      stack.runner().settle();

      URI account = stack.read().resolve("/api/v1/verify?page=a.example/");
      assertThat(
              HttpClient.newHttpClient()
                  .send(HttpRequest.newBuilder(account).build(), BodyHandlers.ofString())
                  .body())
          .contains("\"counter\":" + views, "\"rows\":" + views, "\"lost\":0");
    }
  }

  @Test
  void run_onAPortInUse_saysOneSentence() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());
      Process run = start(port);

      String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String errors = new String(run.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(run.waitFor(FAIL_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).isEqualTo(1);
      assertThat(output).isEmpty();
      // the system may have assigned the neighbouring ports, so they may be in use, too
      assertThat(errors.strip()).matches("Port \\d+ is in use; choose another with -Dport=PORT\\.");
    }
  }

  private static Process start(String port, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dmaven.multiModuleProjectDirectory=" + TestStack.root());
    command.add("-Dport=" + port);
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("com.visitorcount.local.LocalRun");
    return new ProcessBuilder(command).start();
  }

  private static List<ProcessHandle> awaitReady(Process run) throws Exception {
    try (BufferedReader output = run.inputReader(StandardCharsets.UTF_8)) {
      String line = output.readLine();
      Matcher ready = READY.matcher(String.valueOf(line));
      assertThat(ready.matches()).as(line).isTrue();
      for (int url = 1; url <= 3; url++) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(ready.group(url))).build();
        HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
      }
    }
    List<ProcessHandle> children = new ArrayList<>(run.descendants().toList());
    assertThat(children).isNotEmpty();
    return children;
  }

  private static void assertGone(Process run, List<ProcessHandle> children) throws Exception {
    assertThat(run.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).isTrue();
    for (ProcessHandle child : children) {
      assertThat(child.onExit().get(STOP_SECONDS, TimeUnit.SECONDS).isAlive()).isFalse();
    }
  }
}
