package com.visitorcount.read.statistics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.Problem;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.SecretHash;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who may read statistics: anyone, if they are public; whoever sends the token, of which only a
 * hash is known here; and those of one site whoever has the key to that site, which comes of a
 * secret: with another secret, all keys are worth nothing.
 */
public final class StatisticsAccess {
  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([!-~]{1,256}) *");
  private static final Problem UNAUTHORIZED =
      new Problem(
          ProblemType.UNAUTHORIZED,
          "Send the owner's token, as in Authorization: Bearer <token>.",
          Map.of("www-authenticate", "Bearer realm=\"VisitorCount\""));

  private static final String HMAC = "HmacSHA256";
  private static final int SHARE_KEY_BYTES = 16;

  private final boolean everyone;
  private final SecretHash token;
  private final String shareSecret;

  private StatisticsAccess(boolean everyone, SecretHash token, String shareSecret) {
    this.everyone = everyone;
    this.token = token;
    this.shareSecret = shareSecret;
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
    return new StatisticsAccess(everyone, SecretHash.of(tokenSha256), shareSecret);
  }

  /** Whether statistics are open to all, and so may be kept by a cache for all. */
  boolean isForEveryone() {
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
   * Lets those in who may read the statistics of a site.
   *
   * @throws ProblemException 401 if the request may not
   */
  public void require(HttpRequest request, String site) {
    if (!opens(request, site)) {
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

  /** Whether the request has the key to a site. */
  boolean opens(HttpRequest request, String site) {
    String key = request.queryParameters().first("share");
    return key != null
        && !shareSecret.isEmpty()
        && MessageDigest.isEqual(key.getBytes(UTF_8), shareKey(site).getBytes(UTF_8));
  }

  /** The key to a site: the first 32 hexadecimal digits of its HMAC-SHA-256 under the secret. */
  String shareKey(String site) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(shareSecret.getBytes(UTF_8), HMAC));
      return HexFormat.of().formatHex(mac.doFinal(site.getBytes(UTF_8)), 0, SHARE_KEY_BYTES);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }
}
