package com.visitorcount.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.local.LocalOptions;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Case B2: what was acknowledged is still there after everything was stopped and restarted. */
final class RestartTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path data;

  @Test
  void restart_acknowledgedViews_areThere() throws Exception {
    LocalOptions options = new LocalOptions(TestStack.root(), 0, data, Map.of());
    try (LocalStack stack = LocalStack.start(options)) {
      for (int i = 0; i < 3; i++) {
        HTTP.send(
            HttpRequest.newBuilder(stack.increment()).POST(BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
      }
    }

    try (LocalStack stack = LocalStack.start(options)) {
      assertThat(
              HTTP.send(HttpRequest.newBuilder(stack.read()).build(), BodyHandlers.ofString())
                  .body())
          .isEqualTo("{\"page\":\"main_page\",\"count\":3}");
    }
  }
}
