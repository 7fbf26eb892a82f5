package com.visitorcount.local;

import com.visitorcount.sam.template.Template;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Starts the product for a test: with the repository's template, on free ports, without keeping
 * data.
 */
public final class TestStack {
  private TestStack() {}

  /**
   * Starts with the default parameters of a local run.
   *
   * @param parameters override the defaults
   */
  public static LocalStack start(Map<String, String> parameters) {
    return LocalStack.start(new LocalOptions(root(), 0, null, parameters));
  }

  /** Starts with another clock. */
  public static LocalStack start(Map<String, String> parameters, Clock clock) {
    return LocalStack.start(
        new LocalOptions(root(), 0, null, parameters), Template.read(template()), clock);
  }

  /** Starts another template. */
  public static LocalStack start(Template template) {
    return LocalStack.start(new LocalOptions(root(), 0, null, Map.of()), template);
  }

  /** The count of a page from the read function, as digits. */
  public static String counted(LocalStack stack, String page) {
    try {
      URI address = stack.read().resolve("/?page=" + page);
      String answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
              .body();
      return answer.replaceAll(".*\"count\":(\\d+)}", "$1");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The repository's folder. */
  public static Path root() {
    return Path.of("").toAbsolutePath().getParent();
  }

  /** The repository's template. */
  public static Path template() {
    return root().resolve("template.yaml");
  }
}
