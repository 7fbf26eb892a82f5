package com.visitorcount.increment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.JsonBody;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import com.visitorcount.view.ViewId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A view as a client reports it.
 *
 * @param page the page that was viewed
 * @param id what makes a retry of the view known
 * @param clues what else the client tells of it
 */
record ViewRequest(PageId page, ViewId id, Clues clues) {
  private static final Pattern WEB_ADDRESS = Pattern.compile("(?i)https?://.*", Pattern.DOTALL);

  /**
   * Reads a request's body: {@code page} as it stands, or else the page of {@code url}; {@code id},
   * or else the id of the Lambda request; and the {@link Clues}. Other members are for nobody.
   *
   * @throws ProblemException if the body is broken or names no page
   * @throws com.visitorcount.page.InvalidPageException if what it names cannot be a page
   */
  static ViewRequest parse(HttpRequest request, PageRules rules) {
    ObjectNode body = JsonBody.read(request);
    if (body == null) {
      return new ViewRequest(PageId.DEFAULT_PAGE, new ViewId(request.id()), Clues.NONE);
    }
    return new ViewRequest(page(body, rules), id(body, request), Clues.of(body));
  }

  /**
   * Whether a tracker sent it, which runs wherever the page does: trackers tell the address of the
   * page. Without one, it is its owner's own call.
   */
  boolean tracked() {
    return !clues.url().isEmpty();
  }

  private static PageId page(ObjectNode body, PageRules rules) {
    String page = text(body, "page", ProblemType.INVALID_PAGE);
    if (page != null) {
      return rules.page(page);
    }
    String url = text(body, "url", ProblemType.INVALID_PAGE);
    if (url == null) {
      throw new ProblemException(
          ProblemType.INVALID_PAGE,
          "The body must have a page, as in {\"page\":\"main_page\"}, or the url of one.");
    }
    if (!WEB_ADDRESS.matcher(url).matches()) {
      throw new ProblemException(
          ProblemType.INVALID_PAGE, "A url must begin with http:// or https://.");
    }
    return rules.page(url);
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
