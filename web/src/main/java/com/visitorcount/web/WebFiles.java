package com.visitorcount.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of this module by request path. They come from the jar, and only those listed here
 * exist: no part of a request ever becomes a file name. Each is loaded on first use. Safe for use
 * by several threads.
 *
 * <p>The dashboard's page refers to its other files by names with the hash of their content, such
 * as {@code dashboard.0123456789ab.js}, so that browsers may keep them forever. Languages other
 * than English are separate files, loaded only by their readers; the flags are one too, loaded with
 * the first list of countries. Plain names, and names with the hashes of other releases, give the
 * current file.
 */
public final class WebFiles {
  /** Path of the dashboard's page. */
  public static final String DASHBOARD = "/dashboard/";

  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String SVG = "image/svg+xml";
  private static final String SOURCE_SUFFIX = ".src.js";
  private static final String TRACKER_SOURCE = "/v.src.js";
  private static final String EVENTS_SOURCE = "/v.events.src.js";
  private static final String FULL_SOURCE = "/v.full.src.js";

  /** Trackers that extend another one within the same function. */
  private static final Map<String, String> EXTENDED =
      Map.of(EVENTS_SOURCE, TRACKER_SOURCE, FULL_SOURCE, EVENTS_SOURCE);

  /** The end of the single function that makes up the tracker. */
  private static final String TRACKER_END = "})()\n";

  private static final String DASHBOARD_SCRIPT = DASHBOARD + "dashboard.js";
  private static final Pattern HASHED_NAME =
      Pattern.compile("(?<name>/dashboard/\\w+)\\.(?<hash>[0-9a-f]{12})(?<type>\\.\\w+)");
  private static final Pattern NAME_IN_PAGE =
      Pattern.compile("(?<==\")(\\w+)(\\.(?:js|css|svg))(?=\")");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("/v.js", SCRIPT),
          Map.entry(TRACKER_SOURCE, SCRIPT),
          Map.entry("/v.events.js", SCRIPT),
          Map.entry(EVENTS_SOURCE, SCRIPT),
          Map.entry("/v.full.js", SCRIPT),
          Map.entry(FULL_SOURCE, SCRIPT),
          Map.entry("/visitor-count.js", SCRIPT),
          Map.entry("/visitor-count.src.js", SCRIPT),
          Map.entry("/busuanzi.js", SCRIPT),
          Map.entry("/busuanzi.src.js", SCRIPT),
          Map.entry(DASHBOARD, "text/html; charset=utf-8"),
          Map.entry(DASHBOARD_SCRIPT, SCRIPT),
          Map.entry(DASHBOARD + "german.js", SCRIPT),
          Map.entry(DASHBOARD + "spanish.js", SCRIPT),
          Map.entry(DASHBOARD + "french.js", SCRIPT),
          Map.entry(DASHBOARD + "portuguese.js", SCRIPT),
          Map.entry(DASHBOARD + "dashboard.css", "text/css; charset=utf-8"),
          Map.entry(DASHBOARD + "icon.svg", SVG),
          Map.entry(DASHBOARD + "flags.svg", SVG));

  /** Names that themes append to a URL of their choice. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of("/busuanzi.pure.mini.js", "/busuanzi.js");

  private final Map<String, WebFile> loaded = new ConcurrentHashMap<>();

  /** The request paths that have a file. */
  public static Set<String> paths() {
    return TYPES.keySet();
  }

  /**
   * The file for a request path, null if there is none.
   *
   * @param path as sent: percent-encoded, without query; compared unchanged
   */
  public @Nullable WebFile find(String path) {
    String plainPath =
        HASHED_NAME.matcher(OTHER_NAMES.getOrDefault(path, path)).replaceFirst("${name}${type}");
    String type = TYPES.get(plainPath);
    if (type == null) {
      return null;
    }
    WebFile file = loaded.get(plainPath);
    if (file == null) {
      // not inside computeIfAbsent, since the page looks up the other files
      file = new WebFile(type, content(plainPath));
      loaded.put(plainPath, file);
    }
    return file;
  }

  /** Whether the path contains the hash of its content, so that the content never changes. */
  public boolean isImmutable(String path) {
    Matcher name = HASHED_NAME.matcher(path);
    WebFile file = find(path);
    return file != null && name.matches() && name.group("hash").equals(file.hash());
  }

  private byte[] content(String path) {
    if (path.equals(DASHBOARD)) {
      String page = text(DASHBOARD + "index.html").replaceAll("\\n +", "\n");
      return NAME_IN_PAGE
          .matcher(page)
          .replaceAll(name -> name.group(1) + "." + hash(DASHBOARD + name.group()) + name.group(2))
          .getBytes(UTF_8);
    }
    if (path.endsWith(".css")) {
      return text(path).replaceAll("\\s*([{};,])\\s*", "$1").replace(": ", ":").getBytes(UTF_8);
    }
    if (path.equals(DASHBOARD_SCRIPT)) {
      return stripped(ModuleBundle.of("main", name -> text(DASHBOARD + name + ".js")));
    }
    if (path.startsWith(DASHBOARD) && path.endsWith(".js")) {
      return stripped(text(path));
    }
    if (path.endsWith(SOURCE_SUFFIX)) {
      return source(path).getBytes(UTF_8);
    }
    if (path.endsWith(".js")) {
      return stripped(source(path.replace(".js", SOURCE_SUFFIX)));
    }
    return read(path);
  }

  private static String source(String path) {
    String extended = EXTENDED.get(path);
    if (extended == null) {
      return text(path);
    }
    String tracker = source(extended);
    return tracker.substring(0, tracker.lastIndexOf(TRACKER_END)) + text(path) + TRACKER_END;
  }

  private String hash(String path) {
    return requireNonNull(find(path), path).hash();
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
