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
 * A request for a badge. Its query chooses the look:
 *
 * <ul>
 *   <li>{@code label}: the words on the left, cut after {@value Label#MAX_CODE_POINTS} code points;
 *       words for what is shown where there are none.
 *   <li>{@code color}: background of the right part, by name ({@code blue}, {@code green}, {@code
 *       teal}, {@code orange}, {@code red}, {@code pink}, {@code purple}, {@code grey}) or by hex
 *       digits ({@code 1b6ca8}, {@code #fff}); blue where it is anything else.
 *   <li>{@code style}: {@code flat}, {@code flat-square}, {@code plastic}, {@code for-the-badge} or
 *       {@code social}; flat where it is anything else.
 *   <li>{@code compact=true}: {@code 12.4k} in place of {@code 12,421}.
 *   <li>{@code locale}: a language tag, whose digits and separators are used.
 *   <li>{@code logo}: name of a {@link Logo}.
 *   <li>{@code base}: a number that is added to a count of all views.
 * </ul>
 */
public final class BadgeRequest {
  private static final Label DEFAULT_LABEL = new Label("views");
  private static final Pattern BASE = Pattern.compile("[0-9]{1,18}");

  /** No language tag in use is longer. */
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
   * @throws ProblemException 400 for a locale, logo or base that is none
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
      // said below
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

  /** A count of all views, with what the client had counted before. */
  public BigInteger withBase(BigInteger count) {
    return count.add(base);
  }

  /**
   * A badge of a count of all views, which no cache keeps unless the endpoint says so.
   *
   * @throws IllegalArgumentException if the count is negative
   */
  public HttpResponse image(BigInteger count) {
    return image(DEFAULT_LABEL.value(), List.of(withBase(count)), null);
  }

  /**
   * A badge of some numbers, which no cache keeps unless the endpoint says so.
   *
   * @param otherwise the label if the client has none
   * @param numbers null for one that is not known
   * @param bars null for none
   * @throws IllegalArgumentException if a number is negative
   */
  public HttpResponse image(
      String otherwise, List<@Nullable BigInteger> numbers, @Nullable Bars bars) {
    return image(labelOr(otherwise), text(numbers), colour, bars);
  }

  /**
   * The same as a document for the endpoint badge of shields.io, which draws it.
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

  /**
   * A badge of a count that is not for everyone, which no cache keeps unless the endpoint says so.
   */
  public HttpResponse closed() {
    return image(labelOr(DEFAULT_LABEL.value()), words(ProblemType.UNAUTHORIZED), colour, null);
  }

  private Label labelOr(String otherwise) {
    return label.value().isEmpty() ? new Label(otherwise) : label;
  }

  /**
   * A badge that says what went wrong, with status 200, since image proxies drop all others, and
   * never kept by a cache. What is wrong with the request's own look is left out.
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
