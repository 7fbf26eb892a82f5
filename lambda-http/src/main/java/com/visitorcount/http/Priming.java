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
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * What a function does before Lambda takes a SnapStart snapshot of it, so that the first request of
 * each copy finds all code loaded: it rehearses, and calls its store once. That any of it fails is
 * logged, and is no failure of the start.
 */
public final class Priming {
  private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

  private Priming() {}

  /**
   * Does both.
   *
   * @param rehearsal answers made-up events; what it prints is lost, EMF records above all, and
   *     only what it logs is not
   * @param call reaches the store, only reads, and leaves no connection open
   */
  public static void run(Consumer<Context> rehearsal, Runnable call) {
    boolean rehearsed = succeeds("rehearsal", () -> inSilence(rehearsal));
    boolean called = succeeds("call", call);
    if (rehearsed && called) {
      LOG.info("Primed");
    }
  }

  /** The event of a request that nobody made, by a Function URL. */
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
   * Records look for standard output each time they are written. The log does not: it has had it
   * since this class was loaded.
   */
  private static void inSilence(Consumer<Context> rehearsal) {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      rehearsal.accept(new RehearsalContext());
    } finally {
      System.setOut(out);
      // else lines of the log go on to name the last event
      PowertoolsLogging.clearState(true);
    }
  }
}
