package com.visitorcount.sam.url;

import com.visitorcount.sam.function.LambdaFunction;
import com.visitorcount.sam.function.ThrottledException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of one Function URL as AWS does. */
final class UrlHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(UrlHandler.class);

  /** Limit for an event and for an answer, each as JSON. */
  static final int MAX_PAYLOAD_BYTES = 6_291_556;

  private static final UrlResponse TOO_LARGE =
      UrlResponse.of(
          413,
          "{\"Message\":\"Request must be smaller than %d bytes for the InvokeFunction operation\"}"
              .formatted(MAX_PAYLOAD_BYTES));

  private static final UrlResponse THROTTLED =
      UrlResponse.of(
          429,
          """
          {"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded",\
          "Type":"User","message":"Rate Exceeded."}""");

  private static final UrlResponse FAILED = UrlResponse.of(502, "Internal Server Error");

  private final LambdaFunction function;
  private final CorsHeaders cors;
  private final Clock clock;

  UrlHandler(LambdaFunction function, CorsHeaders cors, Clock clock) {
    this.function = function;
    this.cors = cors;
    this.clock = clock;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    HttpFields headers = request.getHeaders();
    if (cors.isPreflight(request.getMethod(), headers)) {
      response.getHeaders().add(cors.ofPreflight(headers));
      response.write(true, null, callback);
      return true;
    }
    UrlResponse answer = answer(request);
    response.setStatus(answer.status());
    response.getHeaders().add(answer.headers());
    response.getHeaders().add(cors.ofAnswer(headers));
    response.write(true, answer.body().slice(), callback);
    return true;
  }

  private UrlResponse answer(Request request) throws IOException {
    byte[] body;
    try (InputStream content = Request.asInputStream(request)) {
      body = content.readNBytes(MAX_PAYLOAD_BYTES + 1);
    }
    byte[] event = UrlEvent.json(UrlRequest.of(request), body, clock.instant());
    if (event.length > MAX_PAYLOAD_BYTES) {
      return TOO_LARGE;
    }
    try {
      byte[] answer = function.invoke(event);
      if (answer.length > MAX_PAYLOAD_BYTES) {
        throw new IllegalArgumentException("An answer cannot have " + answer.length + " bytes");
      }
      return UrlResponse.read(answer);
    } catch (ThrottledException e) {
      return THROTTLED;
    } catch (RuntimeException e) {
      LOG.error("The function's request failed", e);
      return FAILED;
    }
  }
}
