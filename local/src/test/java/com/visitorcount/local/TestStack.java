package com.visitorcount.local;

import com.visitorcount.local.template.Template;
import java.nio.file.Path;
import java.util.Map;

/** Starts the product for a test: the repository's own template, free ports, nothing kept. */
public final class TestStack {
  private TestStack() {}

  /**
   * Starts with the parameters that a local run has by default.
   *
   * @param parameters set over these
   */
  public static LocalStack start(Map<String, String> parameters) {
    return LocalStack.start(new LocalOptions(root(), 0, null, parameters));
  }

  /** Starts another template. */
  public static LocalStack start(Template template) {
    return LocalStack.start(new LocalOptions(root(), 0, null, Map.of()), template);
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
