package com.visitorcount.read.statistics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.history.ShareGenerations;
import com.visitorcount.history.ShareKey;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.Problem;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.SecretHash;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may read statistics: anyone, if they are public; holders of the token, which is known here
 * only as a hash; and, for a single site, holders of a key to it. A key is derived from a secret,
 * so that changing the secret revokes all keys; from the site's generation, so that one site's keys
 * can be revoked; and from filters, if it opens only what matches them.
 */
public final class StatisticsAccess {
  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([!-~]{1,256}) *");
  private static final Problem UNAUTHORIZED =
      new Problem(
          ProblemType.UNAUTHORIZED,
          "Send the owner's token, as in Authorization: Bearer <token>.",
          Map.of("www-authenticate", "Bearer realm=\"VisitorCount\""));

  /** The parameter with the filters that a key is limited to. */
  static final String SHARE_FILTERS = "share_filters";

  private final boolean everyone;
  private final SecretHash token;
  private final String shareSecret;
  private final @Nullable ShareGenerations generations;

  private StatisticsAccess(
      boolean everyone,
      SecretHash token,
      String shareSecret,
      @Nullable ShareGenerations generations) {
    this.everyone = everyone;
    this.token = token;
    this.shareSecret = shareSecret;
    this.generations = generations;
  }

  /**
   * Who may read.
   *
   * @param everyone whether no token is needed
   * @param tokenSha256 SHA-256 of the token in hexadecimal; empty: no token is right
   * @param shareSecret what the keys of sites are derived from; empty: no key is right
   * @throws IllegalArgumentException for an invalid hash
   */
  public static StatisticsAccess of(boolean everyone, String tokenSha256, String shareSecret) {
    return new StatisticsAccess(everyone, SecretHash.of(tokenSha256), shareSecret, null);
  }

  /** The same access with revocable keys. */
  public StatisticsAccess with(ShareGenerations taken) {
    return new StatisticsAccess(everyone, token, shareSecret, taken);
  }

  /** Whether statistics are public, and so may be kept by shared caches. */
  public boolean isForEveryone() {
    return everyone;
  }

  /**
   * Requires access to everything.
   *
   * @throws ProblemException 401 if the request has none
   */
  void require(HttpRequest request) {
    if (!everyone && !hasToken(request)) {
      throw new ProblemException(UNAUTHORIZED);
    }
  }

  /**
   * Requires access to all statistics of a site; a key limited by filters is not enough.
   *
   * @throws ProblemException 401 if the request has none
   */
  public void require(HttpRequest request, String site) {
    if (!opens(request, site, "")) {
      require(request);
    }
  }

  /**
   * Requires access to the statistics of a site within the filters in {@code share_filters}, which
   * the caller must apply.
   *
   * @throws ProblemException 401 if the request has none
   */
  void requireWithin(HttpRequest request, String site) {
    if (!opensWithin(request, site)) {
      require(request);
    }
  }

  /**
   * Requires the owner's token, even if statistics are public.
   *
   * @throws ProblemException 401 without the token
   */
  void requireOwner(HttpRequest request) {
    if (!hasToken(request)) {
      throw new ProblemException(UNAUTHORIZED);
    }
  }

  /** Whether keys to sites exist at all. */
  boolean hasShareKeys() {
    return !shareSecret.isEmpty();
  }

  private boolean hasToken(HttpRequest request) {
    String authorization = request.header("authorization");
    Matcher bearer = BEARER.matcher(authorization == null ? "" : authorization);
    return bearer.matches() && token.matches(bearer.group(1));
  }

  /** Whether the request has the key to a site, or to what matches its {@code share_filters}. */
  boolean opensWithin(HttpRequest request, String site) {
    return opens(request, site, filters(request));
  }

  /** The given sites that the request's key opens. */
  List<String> opened(HttpRequest request, List<String> sites) {
    String key = key(request);
    if (key == null) {
      return List.of();
    }
    Map<String, Long> taken = generations == null ? Map.of() : generations.all();
    return sites.stream()
        .filter(
            site ->
                equal(
                    key,
                    ShareKey.of(shareSecret, site, taken.getOrDefault(site, 0L), filters(request))))
        .toList();
  }

  private boolean opens(HttpRequest request, String site, String filters) {
    String key = key(request);
    return key != null && equal(key, shareKey(site, filters));
  }

  private static String filters(HttpRequest request) {
    return Objects.requireNonNullElse(request.queryParameters().first(SHARE_FILTERS), "");
  }

  /** A text that may be a key; null if none was sent or no key is right. */
  private @Nullable String key(HttpRequest request) {
    String key = request.queryParameters().first("share");
    return key != null && hasShareKeys() && key.length() == ShareKey.CHARS ? key : null;
  }

  private static boolean equal(String key, String other) {
    return MessageDigest.isEqual(key.getBytes(UTF_8), other.getBytes(UTF_8));
  }

  /**
   * The current key to a site.
   *
   * @param filters filters that it is limited to; empty: no limit
   */
  String shareKey(String site, String filters) {
    long generation = generations == null ? 0 : generations.of(site);
    return ShareKey.of(shareSecret, site, generation, filters);
  }
}
