package com.visitorcount.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.Problem;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may read statistics: anyone, if they are public; or else whoever sends the token, of which
 * only a hash is known here.
 */
final class StatisticsAccess {
  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([!-~]{1,256}) *");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final Problem UNAUTHORIZED =
      new Problem(
          ProblemType.UNAUTHORIZED,
          "Send the owner's token, as in Authorization: Bearer <token>.",
          Map.of("www-authenticate", "Bearer realm=\"VisitorCount\""));

  private final boolean everyone;
  private final byte[] tokenSha256;

  private StatisticsAccess(boolean everyone, byte[] tokenSha256) {
    this.everyone = everyone;
    this.tokenSha256 = tokenSha256;
  }

  /**
   * @param everyone whether no token is needed
   * @param tokenSha256 SHA-256 of the token in hexadecimal; empty: no token is right
   * @throws IllegalArgumentException for another text
   */
  static StatisticsAccess of(boolean everyone, String tokenSha256) {
    if (!tokenSha256.isEmpty() && !SHA_256.matcher(tokenSha256).matches()) {
      throw new IllegalArgumentException("is no SHA-256 in lower-case hexadecimal");
    }
    return new StatisticsAccess(everyone, HexFormat.of().parseHex(tokenSha256));
  }

  /**
   * @throws ProblemException 401 if the request may not read statistics
   */
  void require(HttpRequest request) {
    if (everyone) {
      return;
    }
    String authorization = request.header("authorization");
    Matcher bearer = BEARER.matcher(authorization == null ? "" : authorization);
    // in a time that does not tell how much of it is right
    if (!bearer.matches() || !MessageDigest.isEqual(sha256(bearer.group(1)), tokenSha256)) {
      throw new ProblemException(UNAUTHORIZED);
    }
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
