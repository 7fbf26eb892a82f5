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
import com.visitorcount.view.Event;
import com.visitorcount.view.ViewId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A view or an event as a client reports it.
 *
 * @param page the page that was viewed, or the event
 * @param id what makes a retry known
 * @param clues what else the client tells of it
 * @param event null for a view
 */
record ViewRequest(PageId page, ViewId id, Clues clues, @Nullable Event event) {
  /**
   * Reads a request's body: {@code page}, or else the page of {@code url}; {@code event} and {@code
   * props} for what happened there; {@code id}, or else the id of the Lambda request; and the
   * {@link Clues}. Other members are for nobody.
   *
   * @throws ProblemException if the body is broken, or names neither a page nor an event
   * @throws InvalidPageException if what it names cannot be a page
   */
  static ViewRequest parse(HttpRequest request, PageNames names) {
    ObjectNode body = JsonBody.read(request);
    if (body == null) {
      return new ViewRequest(PageId.DEFAULT_PAGE, new ViewId(request.id()), Clues.NONE, null);
    }
    Clues clues = Clues.of(body);
    PageId page = page(body, clues, names);
    String event = text(body, "event", ProblemType.INVALID_EVENT);
    ViewId id = id(body, request);
    if (event != null) {
      return ofEvent(event, page, EventProperties.of(body.path("props")), id, clues);
    }
    if (page == null) {
      throw new ProblemException(
          ProblemType.INVALID_PAGE,
          "The body must have a page, as in {\"page\":\"main_page\"}, or the url of one.");
    }
    return new ViewRequest(page, id, clues, null);
  }

  /**
   * An event of the site of its page.
   *
   * @param page null if it is not known
   * @throws ProblemException if the name cannot be one
   */
  static ViewRequest ofEvent(
      String name, @Nullable PageId page, Map<String, String> properties, ViewId id, Clues clues) {
    try {
      return new ViewRequest(
          PageId.event(page == null ? PageId.DEFAULT_SITE : page.site(), name),
          id,
          clues,
          new Event(page == null ? "" : page.toString(), properties));
    } catch (InvalidPageException e) {
      throw new ProblemException(ProblemType.INVALID_EVENT, requireNonNull(e.getMessage()));
    }
  }

  /**
   * Whether a tracker sent it, which runs wherever the page does: trackers tell the address of the
   * page. Without one, it is its owner's own call.
   */
  boolean tracked() {
    return !clues.url().isEmpty();
  }

  private static @Nullable PageId page(ObjectNode body, Clues clues, PageNames names) {
    String page = text(body, "page", ProblemType.INVALID_PAGE);
    if (page != null) {
      return names.page(page, clues.url());
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
