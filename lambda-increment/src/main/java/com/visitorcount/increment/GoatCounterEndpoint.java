package com.visitorcount.increment;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.node.IntNode;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Problem;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.QueryParameters;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import com.visitorcount.view.ViewId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET} or {@code POST /count}: the protocol of GoatCounter's script and pixel. The query
 * reports a view or, with {@code e}, an event; the body is ignored. The site comes from the
 * request's {@code Origin}, or else its {@code Referer}, which every browser sends.
 */
final class GoatCounterEndpoint implements Endpoint {
  static final String PATH = "/count";

  private static final Set<String> TRUE = Set.of("true", "1", "on", "yes");
  private static final Set<String> FALSE = Set.of("", "false", "0", "off", "no");

  /** From this number on, values are kinds of automated browsers. */
  private static final int FIRST_BOT = 150;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");
  private static final Pattern WIDTH = Pattern.compile("([0-9]{1,6})(?:[.,].*)?", Pattern.DOTALL);

  private final PageRules rules;
  private final Intake intake;

  GoatCounterEndpoint(PageRules rules, Intake intake) {
    this.rules = requireNonNull(rules, "rules");
    this.intake = requireNonNull(intake, "intake");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    request.requireMethod("GET", "POST");
    intake.requireOrigin(request);
    QueryParameters query = request.queryParameters();
    ViewRequest viewed = viewed(request, query);
    HttpResponse image = Pixel.image().neverKept();
    if (isAutomated(query.first("b"))) {
      return DropReason.BOT.mark(image, record);
    }
    DropReason dropped = intake.count(viewed, request, record).dropped();
    return dropped == null ? image : dropped.mark(image, record);
  }

  private ViewRequest viewed(HttpRequest request, QueryParameters query) {
    String path = requireNonNullElse(query.first("p"), "");
    String origin = origin(request);
    boolean event = flag(query.first("e"));
    if (path.isBlank()) {
      throw new ProblemException(
          event ? ProblemType.INVALID_EVENT : ProblemType.INVALID_PAGE,
          "The query must have a path, as in p=/blog.");
    }
    String url = event ? page(request, origin) : origin + withSlash(path);
    ClientHints hints =
        new ClientHints(
            withQuery(url, requireNonNullElse(query.first("q"), "")),
            requireNonNullElse(query.first("r"), ""),
            "",
            device(query.first("s")));
    PageId page = rules.viewed(url);
    ViewId id = new ViewId(request.id());
    return event
        ? ViewRequest.ofEvent(path, page, Map.of(), true, id, hints)
        : new ViewRequest(page, id, hints, null);
  }

  /** The page's query, which has the campaign, is sent apart from its path. */
  private static String withQuery(String url, String query) {
    String parameters = query.startsWith("?") ? query.substring(1) : query;
    return parameters.isEmpty() ? url : url.replaceFirst("[?#].*", "") + "?" + parameters;
  }

  /** The page that an event happened on, as far as the browser reports it. */
  private static String page(HttpRequest request, String origin) {
    String referer = requireNonNullElse(request.header("referer"), "");
    return referer.startsWith(origin + "/") ? referer : origin + "/";
  }

  private static String withSlash(String path) {
    return path.startsWith("/") ? path : "/" + path;
  }

  /**
   * Scheme and host of the page that sent the request; if the browser does not say, the host is
   * {@value PageId#DEFAULT_SITE}.
   */
  private static String origin(HttpRequest request) {
    String origin = requireNonNullElse(request.header("origin"), "");
    String page = PageNames.isWebAddress(origin) ? origin : request.header("referer");
    if (page == null || !PageNames.isWebAddress(page)) {
      return "https://" + PageId.DEFAULT_SITE;
    }
    int path = page.indexOf('/', "https://".length());
    return path < 0 ? page : page.substring(0, path);
  }

  private static boolean flag(@Nullable String text) {
    String lowerCase = requireNonNullElse(text, "").toLowerCase(Locale.ROOT);
    if (TRUE.contains(lowerCase)) {
      return true;
    }
    if (FALSE.contains(lowerCase)) {
      return false;
    }
    throw invalid("The parameter e is true or false.");
  }

  private static boolean isAutomated(@Nullable String text) {
    if (text == null || text.isEmpty() || text.equals("0")) {
      return false;
    }
    if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) < FIRST_BOT) {
      throw invalid("The parameter b is 0, or a number from " + FIRST_BOT + " on.");
    }
    return true;
  }

  /**
   * The device class for the width of the screen in pixels. Invalid values are treated as absent.
   */
  private static String device(@Nullable String size) {
    Matcher width = WIDTH.matcher(requireNonNullElse(size, ""));
    return width.matches()
        ? ClientHints.deviceOfPixels(IntNode.valueOf(Integer.parseInt(width.group(1))))
        : "";
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_QUERY, detail);
  }

  @Override
  public HttpResponse problem(Problem problem, HttpRequest request) {
    HttpResponse document = Endpoint.super.problem(problem, request);
    // an image cannot show the problem, and the script does not read it
    return document.with(Map.of("visitorcount-problem", problem.type().slug()));
  }
}
