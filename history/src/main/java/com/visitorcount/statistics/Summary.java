package com.visitorcount.statistics;

import com.visitorcount.row.Row;
import java.util.Collection;

/** STUB */
public final class Summary {
  private final int n;

  private Summary(int n) {
    this.n = n;
  }

  public static Summary of(Collection<Row> rows) {
    return new Summary(rows.size());
  }

  public static Summary sum(Collection<Summary> summaries) {
    return new Summary(summaries.stream().mapToInt(s -> s.n).sum());
  }

  public byte[] encode() {
    return Integer.toString(n).getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  public static Summary decode(byte[] bytes) {
    return new Summary(
        Integer.parseInt(new String(bytes, java.nio.charset.StandardCharsets.UTF_8)));
  }
}
