package com.visitorcount.badge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Problem;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.QueryParameters;
import java.math.BigInteger;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request for a badge. Its query sets the appearance:
 *
 * <ul>
 *   <li>{@code label}: the text on the left, cut after {@value Label#MAX_CODE_POINTS} code points;
 *       by default a name for what is shown.
 *   <li>{@code color}: background of the right part, by name ({@code blue}, {@code green}, {@code
 *       teal}, {@code orange}, {@code red}, {@code pink}, {@code purple}, {@code grey}) or by hex
 *       digits ({@code 1b6ca8}, {@code #fff}); anything else is blue.
 *   <li>{@code style}: {@code flat}, {@code flat-square}, {@code plastic}, {@code for-the-badge} or
 *       {@code social}; anything else is flat.
 *   <li>{@code compact=true}: {@code 12.4k} instead of {@code 12,421}.
 *   <li>{@code locale}: a language tag that determines digits and separators.
 *   <li>{@code logo}: name of a {@link Logo}.
 *   <li>{@code base}: a number that is added to a count of all views.
 * </ul>
 */
public final class BadgeRequest {
  private static final Label DEFAULT_LABEL = new Label("views");
  private static final Pattern BASE = Pattern.compile("[0-9]{1,18}");

  /** Longer than any language tag in use. */
  private static final int MAX_LOCALE_CHARS = 35;

  private final Label label;
  private final Colour colour;
  private final BadgeStyle style;
  private final CountText format;
  private final @Nullable Logo logo;
  private final BigInteger base;

  private BadgeRequest(
      QueryParameters query, @Nullable Locale locale, @Nullable Logo logo, BigInteger base) {
    this.label = new Label(Objects.requireNonNullElse(query.first("label"), ""));
    this.colour = Colour.of(query.first("color"));
    this.style = BadgeStyle.of(query.first("style"));
    this.format = new CountText("true".equals(query.first("compact")), locale);
    this.logo = logo;
    this.base = base;
  }

  /**
   * Reads the query.
   *
   * @throws ProblemException 400 for an invalid locale, logo or base
   */
  public static BadgeRequest of(HttpRequest request) {
    QueryParameters query = request.queryParameters();
    return new BadgeRequest(
        query, locale(query.first("locale")), logo(query.first("logo")), base(query.first("base")));
  }

  private static @Nullable Locale locale(@Nullable String tag) {
    if (tag == null) {
      return null;
    }
    try {
      if (!tag.isEmpty() && tag.length() <= MAX_LOCALE_CHARS) {
        return new Locale.Builder().setLanguageTag(tag).build();
      }
    } catch (IllformedLocaleException e) {
      // reported below
    }
    throw invalid("A locale is a language tag, as in de or pt-BR.");
  }

  private static @Nullable Logo logo(@Nullable String name) {
    return name == null
        ? null
        : Logo.of(name).orElseThrow(() -> invalid("A logo is one of " + Logo.names() + "."));
  }

  private static BigInteger base(@Nullable String digits) {
    if (digits == null) {
      return BigInteger.ZERO;
    }
    if (!BASE.matcher(digits).matches()) {
      throw invalid("A base is a whole number of at most 18 digits, as in base=48213.");
    }
    return new BigInteger(digits);
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_QUERY, detail);
  }

  /** A count of all views plus the base that the client asks for. */
  public BigInteger withBase(BigInteger count) {
    return count.add(base);
  }

  /**
   * A badge with a count of all views. No cache keeps it unless the endpoint says so.
   *
   * @throws IllegalArgumentException if the count is negative
   */
  public HttpResponse image(BigInteger count) {
    return image(DEFAULT_LABEL.value(), List.of(withBase(count)), null);
  }

  /**
   * A badge with some numbers. No cache keeps it unless the endpoint says so.
   *
   * @param otherwise the label if the client sets none
   * @param numbers null for an unknown number
   * @param bars null for none
   * @throws IllegalArgumentException if a number is negative
   */
  public HttpResponse image(
      String otherwise, List<@Nullable BigInteger> numbers, @Nullable Bars bars) {
    return image(labelOr(otherwise), text(numbers), colour, bars);
  }

  /**
   * The badge's content as JSON for an endpoint badge, which shields.io draws.
   *
   * @param cacheSeconds how long shields.io keeps it
   */
  public HttpResponse shields(
      String otherwise, List<@Nullable BigInteger> numbers, int cacheSeconds) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("schemaVersion", 1);
    json.put("label", labelOr(otherwise).value());
    json.put("message", text(numbers));
    json.put("color", colour.hex());
    json.put("cacheSeconds", cacheSeconds);
    return HttpResponse.json(200, json);
  }

  private String text(List<@Nullable BigInteger> numbers) {
    return numbers.stream()
        .map(number -> number == null ? "n/a" : format.of(number))
        .collect(Collectors.joining(" / "));
  }

  /** A badge for a count that is not public. No cache keeps it unless the endpoint says so. */
  public HttpResponse closed() {
    return image(labelOr(DEFAULT_LABEL.value()), words(ProblemType.UNAUTHORIZED), colour, null);
  }

  private Label labelOr(String otherwise) {
    return label.value().isEmpty() ? new Label(otherwise) : label;
  }

  /**
   * A badge that says what went wrong, with status 200, since image proxies drop any other; caches
   * never keep it. Invalid parameters for the appearance are ignored.
   */
  public static HttpResponse image(Problem problem, HttpRequest request) {
    BadgeRequest look = new BadgeRequest(request.queryParameters(), null, null, BigInteger.ZERO);
    ProblemType type = problem.type();
    boolean wrong = type.status() < 500 && type != ProblemType.TOO_MANY_REQUESTS;
    return look.image(
            look.labelOr(DEFAULT_LABEL.value()),
            words(type),
            wrong ? Colour.RED : Colour.GREY,
            null)
        .neverKept();
  }

  private static String words(ProblemType type) {
    return switch (type) {
      case INVALID_PAGE -> "invalid page";
      case SITE_NOT_CONFIGURED -> "unknown site";
      case UNAUTHORIZED -> "not public";
      case TOO_MANY_REQUESTS -> "try again later";
      case BROKEN_COUNTER -> "broken counter";
      default -> type.status() >= 500 ? "unavailable" : "invalid request";
    };
  }

  private HttpResponse image(Label words, String text, Colour background, @Nullable Bars bars) {
    String svg = new Badge(words, text, background, style, logo, bars, note(bars)).svg();
    return HttpResponse.of("image/svg+xml; charset=utf-8", svg)
        .with(Map.of("content-security-policy", "default-src 'none'"));
  }

  private String note(@Nullable Bars bars) {
    return bars == null
        ? ""
        : "last %s days: %s, at most %s a day"
            .formatted(
                bars.values().size(),
                format.of(BigInteger.valueOf(bars.sum())),
                format.of(BigInteger.valueOf(bars.max())));
  }
}
