package com.visitorcount.sam.url;

import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.function.LambdaFunction;
import com.visitorcount.sam.http.LoopbackServer;
import com.visitorcount.sam.template.FunctionUrlConfig;
import java.net.URI;
import java.time.Clock;

/** The public URL of a function, on its own port and therefore its own origin. */
public final class FunctionUrl implements AutoCloseable {
  private final LoopbackServer server;

  private FunctionUrl(LoopbackServer server) {
    this.server = server;
  }

  /**
   * Binds a port, so that the URL is known before there is a function.
   *
   * @param port 0: any free one
   * @throws LocalException if the port is in use
   */
  public static FunctionUrl bind(int port) {
    return new FunctionUrl(LoopbackServer.bind(port));
  }

  /** Passes requests to the function from now on. Call it once. */
  public void serve(LambdaFunction function, FunctionUrlConfig config, Clock clock) {
    server.serve(new UrlHandler(function, new CorsHeaders(config.cors()), clock));
  }

  /** The URL, with a trailing slash. */
  public URI address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }
}
