package com.visitorcount.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Http;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converts Function URL events (payload format 2.0) to requests, and responses to their format.
 *
 * <p>Also reads and writes their JSON. Lambda's runtime client could do that, but it brings its own
 * Jackson, and its 700 classes would be an eighth of all that a start loads.
 */
final class FunctionUrlEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FunctionUrlEvents() {}

  /**
   * Reads the parts of an event that a function needs. Missing parts are null.
   *
   * @throws IOException if it is not JSON
   */
  static APIGatewayV2HTTPEvent read(InputStream json) throws IOException {
    JsonNode event = JSON.readTree(json);
    JsonNode context = event.path("requestContext");
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(text(event, "rawPath"))
        .withRawQueryString(text(event, "rawQueryString"))
        .withHeaders(texts(event.path("headers")))
        .withBody(text(event, "body"))
        .withIsBase64Encoded(event.path("isBase64Encoded").asBoolean())
        .withRequestContext(context.isObject() ? requestContext(context.path("http")) : null)
        .build();
  }

  private static RequestContext requestContext(JsonNode http) {
    return RequestContext.builder()
        .withHttp(
            Http.builder()
                .withMethod(text(http, "method"))
                .withSourceIp(text(http, "sourceIp"))
                .build())
        .build();
  }

  private static Map<String, @Nullable String> texts(JsonNode object) {
    Map<String, @Nullable String> texts = new HashMap<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      texts.put(member.getKey(), member.getValue().textValue());
    }
    return texts;
  }

  private static @Nullable String text(JsonNode object, String member) {
    return object.path(member).textValue();
  }

  /** The JSON of an event as Lambda sends it, with the parts that {@link #read} reads. */
  static byte[] json(APIGatewayV2HTTPEvent event) {
    Http http = event.getRequestContext().getHttp();
    ObjectNode json = JSON.createObjectNode();
    json.put("rawPath", event.getRawPath());
    json.put("rawQueryString", event.getRawQueryString());
    event.getHeaders().forEach(json.putObject("headers")::put);
    json.put("body", event.getBody());
    json.put("isBase64Encoded", event.getIsBase64Encoded());
    json.putObject("requestContext")
        .putObject("http")
        .put("method", http.getMethod())
        .put("sourceIp", http.getSourceIp());
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Writes a response in Lambda's format. */
  static void write(APIGatewayV2HTTPResponse response, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", response.getStatusCode());
      if (response.getHeaders() != null) {
        json.writeObjectFieldStart("headers");
        for (Map.Entry<String, String> header : response.getHeaders().entrySet()) {
          json.writeStringField(header.getKey(), header.getValue());
        }
        json.writeEndObject();
      }
      if (response.getBody() != null) {
        json.writeStringField("body", response.getBody());
        json.writeBooleanField("isBase64Encoded", response.getIsBase64Encoded());
      }
      json.writeEndObject();
    }
  }

  /** Never fails: what an event lacks is empty, and no endpoint answers such a request. */
  static HttpRequest request(APIGatewayV2HTTPEvent event, String requestId) {
    @Nullable RequestContext context = event.getRequestContext();
    @Nullable Http http = context == null ? null : context.getHttp();
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
    Map<String, String> lowerCase = new HashMap<>();
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
