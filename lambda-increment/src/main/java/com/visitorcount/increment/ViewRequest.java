package com.visitorcount.increment;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.JsonBody;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.page.InvalidPageException;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import com.visitorcount.view.ViewId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A view, an event, or a message about engagement, as a client reports it.
 *
 * @param page the page that was viewed, or the event
 * @param id identifies retries
 * @param hints what else the client reports about it
 * @param event null for a view
 * @param engagement null for a view or an event
 */
record ViewRequest(
    PageId page,
    ViewId id,
    ClientHints hints,
    @Nullable Event event,
    @Nullable Engagement engagement) {
  private static final String ENGAGED = "engaged";
  private static final String SCROLL = "scroll";
  private static final String INTERACTIVE = "interactive";

  /** A view or an event. */
  ViewRequest(PageId page, ViewId id, ClientHints hints, @Nullable Event event) {
    this(page, id, hints, event, null);
  }

  /**
   * Reads a request's body: {@code page}, or else the page of {@code url}; {@code event}, {@code
   * props} and {@code interactive} for what happened there; {@code engaged} and {@code scroll} for
   * a message about engagement, in milliseconds and percent; {@code id}, or else the id of the
   * Lambda request; and the {@link ClientHints}. Other members are ignored.
   *
   * @throws ProblemException if the body is invalid, or has neither a page nor an event
   * @throws InvalidPageException if a page or event in it is invalid
   */
  static ViewRequest parse(HttpRequest request, PageNames names) {
    ObjectNode body = JsonBody.read(request);
    if (body == null) {
      return new ViewRequest(PageId.DEFAULT_PAGE, new ViewId(request.id()), ClientHints.NONE, null);
    }
    ClientHints hints = ClientHints.of(body);
    PageId page = page(body, hints, names);
    String event = text(body, "event", ProblemType.INVALID_EVENT);
    ViewId id = id(body, request);
    if (event != null) {
      boolean isInteractive = body.path(INTERACTIVE).asBoolean(true);
      return ofEvent(event, page, EventProperties.of(body.path("props")), isInteractive, id, hints);
    }
    if (page == null) {
      throw new ProblemException(
          ProblemType.INVALID_PAGE,
          "The body must have a page, as in {\"page\":\"main_page\"}, or the url of one.");
    }
    return new ViewRequest(
        page, id, hints, null, body.has(ENGAGED) ? engagement(body, ENGAGED, SCROLL) : null);
  }

  /**
   * Reads the content of a message about engagement.
   *
   * @param millis name of the member with the milliseconds that the page was visible
   * @param percent name of the member with the scroll depth
   * @throws ProblemException if one of them is present but not a number, or negative
   */
  static Engagement engagement(ObjectNode body, String millis, String percent) {
    return Engagement.ofMillis(number(body, millis), number(body, percent));
  }

  private static long number(ObjectNode body, String member) {
    JsonNode value = body.path(member);
    if (value.isMissingNode()) {
      return 0;
    }
    if (!value.isNumber() || value.doubleValue() < 0) {
      throw new ProblemException(
          ProblemType.INVALID_VIEW, "The member " + member + " must be a number, 0 or more.");
    }
    return (long) Math.min(value.doubleValue(), Integer.MAX_VALUE);
  }

  /**
   * An event on the site of its page.
   *
   * @param page null if unknown
   * @throws ProblemException if the name is invalid
   */
  static ViewRequest ofEvent(
      String name,
      @Nullable PageId page,
      Map<String, String> properties,
      boolean isInteractive,
      ViewId id,
      ClientHints hints) {
    try {
      return new ViewRequest(
          PageId.event(page == null ? PageId.DEFAULT_SITE : page.site(), name),
          id,
          hints,
          new Event(page == null ? "" : page.toString(), properties, isInteractive));
    } catch (InvalidPageException e) {
      throw new ProblemException(ProblemType.INVALID_EVENT, requireNonNull(e.getMessage()));
    }
  }

  /**
   * Whether a tracker sent it, which runs wherever the page is opened. Trackers send the page's
   * URL; a request without one is the owner's own call.
   */
  boolean tracked() {
    return !hints.url().isEmpty();
  }

  private static @Nullable PageId page(ObjectNode body, ClientHints hints, PageNames names) {
    String page = text(body, "page", ProblemType.INVALID_PAGE);
    if (page != null) {
      return names.page(page, hints.url());
    }
    String url = text(body, "url", ProblemType.INVALID_PAGE);
    if (url == null) {
      return null;
    }
    if (!PageNames.isWebAddress(url)) {
      throw new ProblemException(
          ProblemType.INVALID_PAGE, "A url must begin with http:// or https://.");
    }
    return names.page(url, "");
  }

  private static ViewId id(ObjectNode body, HttpRequest request) {
    String id = text(body, "id", ProblemType.INVALID_VIEW);
    try {
      return new ViewId(id == null ? request.id() : id);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemType.INVALID_VIEW, e.getMessage());
    }
  }

  private static @Nullable String text(ObjectNode body, String member, ProblemType problem) {
    JsonNode value = body.get(member);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      throw new ProblemException(problem, "The member " + member + " must be a text.");
    }
    return value.textValue();
  }
}
