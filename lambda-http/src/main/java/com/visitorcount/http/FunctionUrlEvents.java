package com.visitorcount.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Converts Function URL events (payload format 2.0) to requests, and responses to their format. */
final class FunctionUrlEvents {
  private FunctionUrlEvents() {}

  /** Never fails: what an event lacks is empty, and no endpoint answers such a request. */
  static HttpRequest request(APIGatewayV2HTTPEvent event, String requestId) {
    APIGatewayV2HTTPEvent.@Nullable RequestContext context = event.getRequestContext();
    APIGatewayV2HTTPEvent.RequestContext.@Nullable Http http =
        context == null ? null : context.getHttp();
    return new HttpRequest(
        requestId,
        http == null ? "" : orEmpty(http.getMethod()),
        orEmpty(event.getRawPath()),
        orEmpty(event.getRawQueryString()),
        headers(event.getHeaders()),
        event.getBody(),
        event.getIsBase64Encoded(),
        http == null ? "" : orEmpty(http.getSourceIp()));
  }

  private static Map<String, String> headers(@Nullable Map<String, String> headers) {
    Map<String, String> lowerCase = new TreeMap<>();
    if (headers != null) {
      headers.forEach(
          (name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), orEmpty(value)));
    }
    return lowerCase;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  static APIGatewayV2HTTPResponse response(HttpResponse response) {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(response.status())
        .withHeaders(response.headers())
        .withBody(response.body())
        .withIsBase64Encoded(response.base64())
        .build();
  }
}
