package com.visitorcount.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of this module by request path. They come from the jar, and only those that are listed
 * here exist: no part of a request is ever made into a file name. Each is loaded when it is first
 * asked for. Safe for use by several threads.
 */
public final class WebFiles {
  /** Path of the dashboard's page. */
  public static final String DASHBOARD = "/dashboard/";

  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String SOURCE_SUFFIX = ".src.js";
  private static final String DASHBOARD_SCRIPT = DASHBOARD + "dashboard.js";

  private static final Map<String, String> TYPES =
      Map.of(
          "/v.js",
          SCRIPT,
          "/v.src.js",
          SCRIPT,
          "/visitor-count.js",
          SCRIPT,
          "/visitor-count.src.js",
          SCRIPT,
          DASHBOARD,
          "text/html; charset=utf-8",
          DASHBOARD_SCRIPT,
          SCRIPT,
          DASHBOARD + "dashboard.css",
          "text/css; charset=utf-8",
          DASHBOARD + "icon.svg",
          "image/svg+xml");

  private final Map<String, WebFile> loaded = new ConcurrentHashMap<>();

  /** The request paths that have a file. */
  public static Set<String> paths() {
    return TYPES.keySet();
  }

  /**
   * The file behind a request path, null where there is none.
   *
   * @param path as sent: percent-encoded, without query; compared as it stands
   */
  public @Nullable WebFile find(String path) {
    String type = TYPES.get(path);
    return type == null
        ? null
        : loaded.computeIfAbsent(path, known -> new WebFile(type, content(known)));
  }

  private static byte[] content(String path) {
    if (path.equals(DASHBOARD)) {
      return text(DASHBOARD + "index.html").replaceAll("\\n +", "\n").getBytes(UTF_8);
    }
    if (path.endsWith(".css")) {
      return text(path).replaceAll("\\s*([{};,])\\s*", "$1").replace(": ", ":").getBytes(UTF_8);
    }
    if (path.equals(DASHBOARD_SCRIPT)) {
      return stripped(ModuleBundle.of("main", name -> text(DASHBOARD + name + ".js")));
    }
    if (path.endsWith(".js") && !path.endsWith(SOURCE_SUFFIX)) {
      return stripped(text(path.replace(".js", SOURCE_SUFFIX)));
    }
    return read(path);
  }

  private static byte[] stripped(String source) {
    return new ScriptSource(source).stripped().getBytes(UTF_8);
  }

  private static String text(String path) {
    return new String(read(path), UTF_8);
  }

  private static byte[] read(String path) {
    String resource = "/web" + path;
    try (InputStream in = WebFiles.class.getResourceAsStream(resource)) {
      return requireNonNull(in, resource).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
