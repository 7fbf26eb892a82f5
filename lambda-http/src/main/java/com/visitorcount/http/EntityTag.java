package com.visitorcount.http;

import com.visitorcount.hash.Sha256;
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
    return new EntityTag('"' + HexFormat.of().formatHex(Sha256.of(content), 0, BYTES) + '"');
  }

  /** Whether an {@code If-None-Match} has this tag or {@code *}, which matches any. */
  boolean isIn(@Nullable String ifNoneMatch) {
    return ifNoneMatch != null
        && (ifNoneMatch.strip().equals("*")
            || TAG.matcher(ifNoneMatch).results().anyMatch(tag -> tag.group().equals(value)));
  }
}
