package com.visitorcount.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A strong entity tag: equal for equal content, different for different content.
 *
 * @param value including its quotes
 */
record EntityTag(String value) {
  private static final int BYTES = 16;

  /** One tag of a list, without the {@code W/} that a cache in between may have added. */
  private static final Pattern TAG = Pattern.compile("\"[^\"]*\"");

  static EntityTag of(String content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
      return new EntityTag('"' + HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES)) + '"');
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether an {@code If-None-Match} has this tag or {@code *}, which matches any. */
  boolean isIn(@Nullable String ifNoneMatch) {
    return ifNoneMatch != null
        && (ifNoneMatch.strip().equals("*")
            || TAG.matcher(ifNoneMatch).results().anyMatch(tag -> tag.group().equals(value)));
  }
}
