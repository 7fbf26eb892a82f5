package com.visitorcount.sam.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.sam.failure.LocalException;
import java.io.IOException;
import java.net.URI;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * An HTTP server on a port of 127.0.0.1 that lets unusual requests through, so that the handler
 * decides about them. Jetty still refuses some paths with a 400 of its own: those with a malformed
 * escape or {@code %00}, and those that lead above the root.
 */
public final class LoopbackServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int MAX_HEADER_BYTES = 128 * 1024;

  /** Java's default is 50, which would refuse connections when many clients arrive at once. */
  private static final int MAX_WAITING_CONNECTIONS = 1_024;

  private final Server server;
  private final ServerConnector connector;

  private LoopbackServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts a server.
   *
   * @param port 0: any free one
   * @throws LocalException if the port is in use
   */
  public static LoopbackServer start(int port, Handler handler) {
    LoopbackServer server = bind(port);
    server.serve(handler);
    return server;
  }

  /**
   * Binds a port, so that the address is known. Clients that connect wait until there is a handler.
   *
   * @param port 0: any free one
   * @throws LocalException if the port is in use
   */
  public static LoopbackServer bind(int port) {
    Server server = new Server();
    ServerConnector connector =
        new ServerConnector(server, new HttpConnectionFactory(configuration()));
    connector.setHost(HOST);
    connector.setPort(port);
    connector.setAcceptQueueSize(MAX_WAITING_CONNECTIONS);
    server.addConnector(connector);
    server.setErrorHandler(LoopbackServer::problem);
    try {
      connector.open();
      return new LoopbackServer(server, connector);
    } catch (IOException e) {
      throw new LocalException("Port " + port + " is in use; choose another with -Dport=PORT.", e);
    }
  }

  /** Answers with a problem document (RFC 9457). */
  private static boolean problem(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_TYPE, "application/problem+json")
        .put(HttpHeader.CACHE_CONTROL, "no-store");
    String problem =
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d}"
            .formatted(HttpStatus.getMessage(status), status);
    response.write(true, UTF_8.encode(problem), callback);
    return true;
  }

  /** Answers requests from now on. Call it once. */
  public void serve(Handler handler) {
    server.setHandler(handler);
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw new IllegalStateException("The server at " + address() + " does not start", e);
    }
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
    // otherwise UTF-8 in a content type becomes utf-8
    configuration.setHeaderCacheCaseSensitive(true);
    configuration.setResponseHeaderSize(MAX_HEADER_BYTES);
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    configuration.setHttpCompliance(HttpCompliance.RFC7230_LEGACY);
    return configuration;
  }

  /** The server's URL, with a trailing slash. */
  public URI address() {
    return URI.create("http://" + HOST + ":" + connector.getLocalPort() + "/");
  }

  /** Stops the server, aborting requests in progress. */
  @Override
  public void close() {
    try {
      server.stop();
      // a server that was never started does not close it
      connector.close();
    } catch (Exception e) {
      throw new IllegalStateException("The server does not stop", e);
    }
  }
}
