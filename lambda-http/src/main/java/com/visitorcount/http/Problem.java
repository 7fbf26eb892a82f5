package com.visitorcount.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem for the client: RFC 9457, {@code application/problem+json}.
 *
 * @param type kind of problem
 * @param detail helps the client to fix the request; repeats nothing that the client sent
 * @param headers further response headers, such as {@code Allow}
 */
public record Problem(ProblemType type, @Nullable String detail, Map<String, String> headers) {
  private static final String TYPE_PREFIX = "urn:problem-type:visitorcount:";

  public Problem {
    headers = Map.copyOf(headers);
  }

  /** A problem without further headers. */
  public static Problem of(ProblemType type, @Nullable String detail) {
    return new Problem(type, detail, Map.of());
  }

  /**
   * The response.
   *
   * @param requestId id of the Lambda request, for finding it in the log
   */
  HttpResponse toResponse(String requestId) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", TYPE_PREFIX + type.slug());
    json.put("title", type.title());
    json.put("status", type.status());
    if (detail != null) {
      json.put("detail", detail);
    }
    json.put("instance", "urn:uuid:" + requestId);
    Map<String, String> all = new HashMap<>(headers);
    all.put("content-type", "application/problem+json");
    return HttpResponse.text(type.status(), json.toString()).with(all);
  }
}
