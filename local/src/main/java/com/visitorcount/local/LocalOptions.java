package com.visitorcount.local;

import com.visitorcount.sam.failure.LocalException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The options of a local run.
 *
 * @param root the project's directory, with template.yaml
 * @param basePort port of the demo site; the functions get the next ones. 0: any free ports
 * @param data directory for the data; null: in memory
 * @param parameters values of template parameters that differ from the local defaults
 * @param demo whether to make up views of a small site at the start
 * @param closeNow whether to run all schedules once at the start
 */
public record LocalOptions(
    Path root,
    int basePort,
    @Nullable Path data,
    Map<String, String> parameters,
    boolean demo,
    boolean closeNow) {
  private static final int DEFAULT_PORT = 8080;
  private static final String PORT = "port";
  private static final String DATA = "data";
  private static final String DEMO = "demo";
  private static final String CLOSE = "close";
  private static final String ROOT = "maven.multiModuleProjectDirectory";
  private static final String PARAMETER_PREFIX = "param.";

  private static final int MAX_BASE_PORT = 65_533;

  /**
   * @throws LocalException for a port without enough ports after it for the functions
   */
  public LocalOptions {
    Objects.requireNonNull(root, "root");
    parameters = Map.copyOf(parameters);
    if (basePort < 0 || basePort > MAX_BASE_PORT) {
      throw portFault(Integer.toString(basePort));
    }
  }

  /** Options without demo views and without running schedules at the start. */
  public LocalOptions(
      Path root, int basePort, @Nullable Path data, Map<String, String> parameters) {
    this(root, basePort, data, parameters, false, false);
  }

  /**
   * Reads {@code port}, {@code data}, {@code param.NAME}, {@code demo}, {@code close}, and the root
   * as Maven sets it.
   *
   * @throws LocalException for an invalid value
   */
  public static LocalOptions from(Properties properties) {
    String data = properties.getProperty(DATA, "");
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(PARAMETER_PREFIX)) {
        parameters.put(name.substring(PARAMETER_PREFIX.length()), properties.getProperty(name, ""));
      }
    }
    return new LocalOptions(
        Path.of(properties.getProperty(ROOT, "")).toAbsolutePath(),
        port(properties.getProperty(PORT, Integer.toString(DEFAULT_PORT))),
        data.isEmpty() ? null : Path.of(data).toAbsolutePath(),
        parameters,
        isSwitchedOn(properties, DEMO, "true"),
        isSwitchedOn(properties, CLOSE, "now"));
  }

  private static boolean isSwitchedOn(Properties properties, String name, String on) {
    @Nullable String value = properties.getProperty(name);
    if (value != null && !value.equals(on)) {
      throw new LocalException("-D%s can be %s, not %s.".formatted(name, on, value));
    }
    return value != null;
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw portFault(text);
    }
  }

  private static LocalException portFault(String text) {
    return new LocalException(
        "The port must be a whole number from 0 to " + MAX_BASE_PORT + ", not " + text + ".");
  }

  /** The properties from which {@link #from} reads the same options. */
  Map<String, String> toProperties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(ROOT, root.toString());
    properties.put(PORT, Integer.toString(basePort));
    if (data != null) {
      properties.put(DATA, data.toString());
    }
    parameters.forEach((name, value) -> properties.put(PARAMETER_PREFIX + name, value));
    if (demo) {
      properties.put(DEMO, "true");
    }
    if (closeNow) {
      properties.put(CLOSE, "now");
    }
    return properties;
  }

  /** The port at this offset from the base; 0, any free one, if the base is 0. */
  int port(int offset) {
    return basePort == 0 ? 0 : basePort + offset;
  }

  Path template() {
    return root.resolve("template.yaml");
  }

  /** The directory of the module {@code sam-runner}, whose npm packages include dynalite. */
  Path runner() {
    return root.resolve("sam-runner");
  }
}
