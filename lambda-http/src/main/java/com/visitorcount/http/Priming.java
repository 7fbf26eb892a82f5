package com.visitorcount.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Http;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares a function before Lambda takes its SnapStart snapshot, so that the first request of each
 * copy finds all code loaded: it runs a rehearsal and calls the store once. Failures are logged and
 * do not prevent the start.
 */
public final class Priming {
  private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

  private Priming() {}

  /**
   * Runs both.
   *
   * @param rehearsal answers made-up events; what it prints, such as EMF records, is discarded,
   *     what it logs is kept
   * @param call reaches the store; must only read, and leave no connection open
   */
  public static void run(Consumer<Context> rehearsal, Runnable call) {
    boolean rehearsed = succeeds("rehearsal", () -> inSilence(rehearsal));
    boolean called = succeeds("call", call);
    if (rehearsed && called) {
      LOG.info("Primed");
    }
  }

  /** The Function URL event of a made-up request. */
  public static APIGatewayV2HTTPEvent event(
      String method, String path, String query, Map<String, String> headers, String body) {
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(path)
        .withRawQueryString(query)
        .withHeaders(headers)
        .withBody(body)
        .withRequestContext(
            RequestContext.builder()
                .withHttp(Http.builder().withMethod(method).withSourceIp("192.0.2.1").build())
                .build())
        .build();
  }

  private static boolean succeeds(String part, Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("The {} of the priming failed, so the first request takes longer", part, e);
      return false;
    }
  }

  /**
   * Records look up standard output for each write, so they are discarded. The log keeps the stream
   * that it got when this class was loaded.
   */
  private static void inSilence(Consumer<Context> rehearsal) {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      rehearsal.accept(new RehearsalContext());
    } finally {
      System.setOut(out);
    }
  }
}
