package com.visitorcount.local.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A view as it reached the collector.
 *
 * @param path request path
 * @param headers by lower-case name
 * @param body the JSON object
 */
record View(String path, Map<String, String> headers, JsonNode body) {
  View {
    headers = Map.copyOf(headers);
  }

  /** A text in the body, null if it is absent. */
  @Nullable String text(String member) {
    return body.path(member).textValue();
  }

  String id() {
    return body.path("id").asText();
  }

  /** What was viewed: the named page, or else the path and query of the URL. */
  String what() {
    String page = text("page");
    if (page != null) {
      return page;
    }
    URI url = URI.create(body.path("url").asText());
    return url.getRawQuery() == null
        ? url.getRawPath()
        : url.getRawPath() + "?" + url.getRawQuery();
  }
}
