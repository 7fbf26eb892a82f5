package com.visitorcount.view;

/**
 * The campaign that led to a view, from the five {@code utm_} parameters of its URL. Each is empty
 * if the parameter is absent; case is kept.
 */
public record Campaign(String source, String medium, String name, String term, String content) {
  /** No campaign. */
  public static final Campaign NONE = new Campaign("", "", "", "", "");
}
