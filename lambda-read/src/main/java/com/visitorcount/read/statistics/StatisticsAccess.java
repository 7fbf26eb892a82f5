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
 * Who may read statistics: anyone, if they are public; whoever sends the token, of which only a
 * hash is known here; and those of one site whoever has a key to that site. A key is derived from a
 * secret, so that with another secret all keys are worth nothing; from the site's generation, so
 * that the keys of one site can be taken back; and from filters, if it opens only what matches
 * them.
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
   * @param shareSecret what the keys of sites are made of; empty: no key is right
   * @throws IllegalArgumentException for a hash that is none
   */
  public static StatisticsAccess of(boolean everyone, String tokenSha256, String shareSecret) {
    return new StatisticsAccess(everyone, SecretHash.of(tokenSha256), shareSecret, null);
  }

  /** The same, where keys can be taken back. */
  public StatisticsAccess with(ShareGenerations taken) {
    return new StatisticsAccess(everyone, token, shareSecret, taken);
  }

  /** Whether statistics are open to all, and so may be kept by a cache for all. */
  public boolean isForEveryone() {
    return everyone;
  }

  /**
   * Lets those in who may read everything.
   *
   * @throws ProblemException 401 if the request may not
   */
  void require(HttpRequest request) {
    if (!everyone && !hasToken(request)) {
      throw new ProblemException(UNAUTHORIZED);
    }
  }

  /**
   * Lets those in who may read all statistics of a site; a key that is limited to filters is not
   * enough.
   *
   * @throws ProblemException 401 if the request may not
   */
  public void require(HttpRequest request, String site) {
    if (!opens(request, site, "")) {
      require(request);
    }
  }

  /**
   * Lets those in who may read the statistics of a site within the filters in {@code
   * share_filters}; the caller has to apply them.
   *
   * @throws ProblemException 401 if the request may not
   */
  void requireWithin(HttpRequest request, String site) {
    if (!opensWithin(request, site)) {
      require(request);
    }
  }

  /**
   * Lets in nobody but the owner, even where statistics are open to all.
   *
   * @throws ProblemException 401 without the token
   */
  void requireOwner(HttpRequest request) {
    if (!hasToken(request)) {
      throw new ProblemException(UNAUTHORIZED);
    }
  }

  /** Whether there are keys to sites at all. */
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

  /** Of these sites, those that the request's key opens. */
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

  /** What may be a key; null: none was sent, or none is right. */
  private @Nullable String key(HttpRequest request) {
    String key = request.queryParameters().first("share");
    return key != null && hasShareKeys() && key.length() == ShareKey.CHARS ? key : null;
  }

  private static boolean equal(String key, String other) {
    return MessageDigest.isEqual(key.getBytes(UTF_8), other.getBytes(UTF_8));
  }

  /**
   * The key to a site as of now.
   *
   * @param filters what it is limited to; empty: nothing
   */
  String shareKey(String site, String filters) {
    long generation = generations == null ? 0 : generations.of(site);
    return ShareKey.of(shareSecret, site, generation, filters);
  }
}
