package com.visitorcount.local.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.local.failure.LocalException;
import com.visitorcount.local.http.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The demo site: a small closed set of files, and the addresses of the functions for its page. */
public final class DemoSite implements AutoCloseable {
  private final LoopbackServer server;

  private DemoSite(LoopbackServer server) {
    this.server = server;
  }

  /**
   * Opens the site.
   *
   * @param port 0: any free one
   * @throws LocalException if the port is in use
   */
  public static DemoSite open(int port, URI increment, URI read) {
    Map<String, SiteFile> files = new LinkedHashMap<>();
    files.put("/", resource("index.html", "text/html; charset=utf-8"));
    files.put("/demo.css", resource("demo.css", "text/css; charset=utf-8"));
    files.put("/demo.js", resource("demo.js", "text/javascript; charset=utf-8"));
    files.put("/favicon.svg", resource("favicon.svg", "image/svg+xml"));
    files.put("/functions.json", functions(increment, read));
    String policy =
        ("default-src 'self'; connect-src 'self' %s %s; "
                + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
            .formatted(origin(increment), origin(read));
    return new DemoSite(LoopbackServer.start(port, new SiteHandler(files, policy)));
  }

  private static SiteFile resource(String name, String contentType) {
    try (InputStream file =
        Objects.requireNonNull(DemoSite.class.getResourceAsStream(name), name)) {
      return new SiteFile(contentType, new String(file.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SiteFile functions(URI increment, URI read) {
    String json = "{\"increment\":\"%s\",\"read\":\"%s\"}".formatted(increment, read);
    return new SiteFile("application/json", json);
  }

  private static String origin(URI address) {
    return address.getScheme() + "://" + address.getAuthority();
  }

  /** The site's address, with a slash at the end. */
  public URI address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }
}
