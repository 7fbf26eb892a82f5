package com.visitorcount.local.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers with the file for a path, or with 404; answers {@code POST /close} when that is done, and
 * {@code GET /verify} with the result.
 */
final class SiteHandler extends Handler.Abstract {
  private static final String CLOSE = "/close";
  private static final String VERIFY = "/verify";
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private final Map<String, SiteFile> files;
  private final String contentSecurityPolicy;
  private final Runnable close;
  private final Supplier<String> verification;

  SiteHandler(
      Map<String, SiteFile> files,
      String contentSecurityPolicy,
      Runnable close,
      Supplier<String> verification) {
    this.files = Map.copyOf(files);
    this.contentSecurityPolicy = contentSecurityPolicy;
    this.close = close;
    this.verification = verification;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.add("content-security-policy", contentSecurityPolicy);
    headers.add("x-content-type-options", "nosniff");
    headers.add("cache-control", "no-store");
    String path = request.getHttpURI().getPath();
    @Nullable SiteFile file = files.get(path);
    if (request.getMethod().equals("POST") && CLOSE.equals(path)) {
      close.run();
      response.setStatus(204);
      response.write(true, null, callback);
    } else if (!METHODS.contains(request.getMethod())) {
      response.setStatus(405);
      headers.add("allow", "GET, HEAD");
      response.write(true, null, callback);
    } else if (VERIFY.equals(path)) {
      headers.add("content-type", "text/plain; charset=utf-8");
      response.write(true, UTF_8.encode(verification.get()), callback);
    } else if (file == null) {
      response.setStatus(404);
      response.write(true, null, callback);
    } else {
      headers.add("content-type", file.contentType());
      response.write(true, UTF_8.encode(file.content()), callback);
    }
    return true;
  }
}
