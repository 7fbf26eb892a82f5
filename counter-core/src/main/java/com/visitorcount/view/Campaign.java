package com.visitorcount.view;

/**
 * The campaign that led to a view, by the five {@code utm_} parameters of its address. Each is
 * empty where the parameter is absent; case is kept.
 */
public record Campaign(String source, String medium, String name, String term, String content) {
  /** No campaign. */
  public static final Campaign NONE = new Campaign("", "", "", "", "");
}
