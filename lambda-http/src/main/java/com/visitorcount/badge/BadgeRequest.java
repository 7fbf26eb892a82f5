package com.visitorcount.badge;

import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Problem;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.QueryParameters;
import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;

/**
 * A request for a badge. Its query chooses the look:
 *
 * <ul>
 *   <li>{@code label}: the words on the left, cut after {@value Label#MAX_CODE_POINTS} code points;
 *       {@code views} where there are none.
 *   <li>{@code color}: background of the right part, by name ({@code blue}, {@code green}, {@code
 *       teal}, {@code orange}, {@code red}, {@code pink}, {@code purple}, {@code grey}) or by hex
 *       digits ({@code 1b6ca8}, {@code #fff}); blue where it is anything else.
 *   <li>{@code style}: {@code flat} or {@code flat-square}; flat where it is anything else.
 *   <li>{@code compact=true}: {@code 12.4k} in place of {@code 12,421}.
 * </ul>
 */
public final class BadgeRequest {
  private static final Label DEFAULT_LABEL = new Label("views");

  private final Label label;
  private final Colour colour;
  private final BadgeStyle style;
  private final boolean compact;

  private BadgeRequest(Label label, Colour colour, BadgeStyle style, boolean compact) {
    this.label = label;
    this.colour = colour;
    this.style = style;
    this.compact = compact;
  }

  /** Reads the query. Never fails: what cannot be shown is as if it were not there. */
  public static BadgeRequest of(HttpRequest request) {
    QueryParameters query = request.queryParameters();
    Label label = new Label(Objects.requireNonNullElse(query.first("label"), ""));
    return new BadgeRequest(
        label.value().isEmpty() ? DEFAULT_LABEL : label,
        Colour.of(query.first("color")),
        BadgeStyle.of(query.first("style")),
        "true".equals(query.first("compact")));
  }

  /**
   * A badge of a count, which no cache keeps unless the endpoint says so.
   *
   * @throws IllegalArgumentException if the count is negative
   */
  public HttpResponse image(BigInteger count) {
    return image(compact ? CountText.compact(count) : CountText.exact(count), colour);
  }

  /**
   * A badge that says what went wrong, with status 200, since image proxies drop all others, and
   * never kept by a cache.
   */
  public HttpResponse image(Problem problem) {
    ProblemType type = problem.type();
    if (type.status() >= 500) {
      String words = type == ProblemType.BROKEN_COUNTER ? "broken counter" : "unavailable";
      return image(words, Colour.GREY).neverKept();
    }
    if (type == ProblemType.TOO_MANY_REQUESTS) {
      return image("try again later", Colour.GREY).neverKept();
    }
    String words =
        switch (type) {
          case INVALID_PAGE -> "invalid page";
          case SITE_NOT_CONFIGURED -> "unknown site";
          case UNAUTHORIZED -> "not public";
          default -> "invalid request";
        };
    return image(words, Colour.RED).neverKept();
  }

  private HttpResponse image(String text, Colour background) {
    String svg = new Badge(label, text, background, style).svg();
    return HttpResponse.of("image/svg+xml; charset=utf-8", svg)
        .with(Map.of("content-security-policy", "default-src 'none'"));
  }
}
