package com.visitorcount.sam.template;

import java.util.List;
import java.util.Set;

/**
 * The CORS configuration of a Function URL, within AWS's limits.
 *
 * @param allowOrigins origins, or {@code *} alone
 * @param allowMethods methods other than OPTIONS, or {@code *}
 * @param maxAgeSeconds how long a browser may keep the answer to a preflight; 0: no header
 */
public record Cors(
    List<String> allowOrigins,
    List<String> allowMethods,
    List<String> allowHeaders,
    List<String> exposeHeaders,
    int maxAgeSeconds,
    boolean allowCredentials) {
  private static final String ANY = "*";
  private static final Set<String> METHODS =
      Set.of("GET", "PUT", "HEAD", "POST", "PATCH", "DELETE", ANY);
  private static final int MAX_ENTRIES = 100;
  private static final int MAX_AGE_LIMIT_SECONDS = 86_400;

  /**
   * @throws IllegalArgumentException for what AWS would refuse
   */
  public Cors {
    allowOrigins = List.copyOf(allowOrigins);
    allowMethods = List.copyOf(allowMethods);
    allowHeaders = List.copyOf(allowHeaders);
    exposeHeaders = List.copyOf(exposeHeaders);
    require(allowOrigins.size() <= MAX_ENTRIES, "AllowOrigins has more than 100 entries");
    require(
        allowOrigins.size() <= 1 || !allowOrigins.contains(ANY),
        "AllowOrigins has * together with other origins");
    require(allowHeaders.size() <= MAX_ENTRIES, "AllowHeaders has more than 100 entries");
    require(exposeHeaders.size() <= MAX_ENTRIES, "ExposeHeaders has more than 100 entries");
    for (String method : allowMethods) {
      require(METHODS.contains(method), "AllowMethods cannot hold " + method);
    }
    require(
        maxAgeSeconds >= 0 && maxAgeSeconds <= MAX_AGE_LIMIT_SECONDS,
        "MaxAge must be from 0 to " + MAX_AGE_LIMIT_SECONDS + ", not " + maxAgeSeconds);
    require(
        !allowCredentials || !allowOrigins.contains(ANY),
        "AllowCredentials cannot be combined with origin *");
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }

  /** Whether every origin is allowed. */
  public boolean anyOrigin() {
    return allowOrigins.contains(ANY);
  }

  /** Whether a page of this origin may read the answers. */
  public boolean allows(String origin) {
    return anyOrigin() || allowOrigins.contains(origin);
  }
}
