package com.visitorcount.local.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.http.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;

/** The demo site: a small fixed set of files, with the functions' URLs in its pages. */
public final class DemoSite implements AutoCloseable {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private static final Map<String, String> PAGES =
      Map.of(
          "/", "index.html",
          "/article", "article.html",
          "/readme", "readme.html",
          "/install", "install.html");

  /** Served by a single document. */
  private static final Set<String> APP_ROUTES = Set.of("/app", "/app/recipes", "/app/about");

  private final LoopbackServer server;

  private DemoSite(LoopbackServer server) {
    this.server = server;
  }

  /**
   * Opens the site.
   *
   * @param port 0: any free one
   * @param api gets each request first, and answers those meant for it
   * @param close run by {@code POST /close} before it is answered
   * @param verification gives the answer to {@code GET /verify}
   * @throws LocalException if the port is in use
   */
  public static DemoSite open(
      int port,
      URI increment,
      URI read,
      Handler api,
      Runnable close,
      Supplier<String> verification) {
    Map<String, SiteFile> files = new HashMap<>();
    PAGES.forEach((path, name) -> files.put(path, page(path, name, increment, read)));
    for (String route : APP_ROUTES) {
      files.put(route, page("/app", "app.html", increment, read));
    }
    files.put("/app.js", resource("app.js", SCRIPT));
    files.put("/demo.css", resource("demo.css", "text/css; charset=utf-8"));
    files.put("/demo.js", resource("demo.js", SCRIPT));
    files.put("/favicon.svg", resource("favicon.svg", "image/svg+xml"));
    String policy =
        ("default-src 'self'; script-src 'self' %2$s; img-src 'self' %2$s; connect-src 'self' %1$s"
                + " %2$s; frame-src %2$s; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
            .formatted(origin(increment), origin(read));
    return new DemoSite(
        LoopbackServer.start(
            port, new Handler.Sequence(api, new SiteHandler(files, policy, close, verification))));
  }

  private static SiteFile page(String path, String name, URI increment, URI read) {
    SiteFile page = resource(name, HTML);
    String link = "href=\"" + path + "\"";
    String nav =
        resource("nav.html", HTML).content().replace(link, link + " aria-current=\"page\"");
    return new SiteFile(
        page.contentType(),
        page.content()
            .replace("{{nav}}", nav.stripTrailing())
            .replace("{{increment}}", increment.toString())
            .replace("{{read}}", read.toString()));
  }

  private static SiteFile resource(String name, String contentType) {
    try (InputStream file =
        Objects.requireNonNull(DemoSite.class.getResourceAsStream(name), name)) {
      return new SiteFile(contentType, new String(file.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String origin(URI address) {
    return address.getScheme() + "://" + address.getAuthority();
  }

  /** The site's URL, with a trailing slash. */
  public URI address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }
}
