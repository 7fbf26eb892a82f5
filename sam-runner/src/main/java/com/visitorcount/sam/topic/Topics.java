package com.visitorcount.sam.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.visitorcount.sam.failure.LocalException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts messages to Amazon SNS topics, within SNS's limits. It sends no e-mails; the log shows
 * the messages.
 */
public final class Topics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
  private static final int MAX_MESSAGE_BYTES = 262_144;
  private static final int MAX_SUBJECT_CHARS = 100;
  private static final int MAX_REQUEST_BYTES = 4 * MAX_MESSAGE_BYTES;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;

  private final HttpServer server;
  private final List<Message> published = new CopyOnWriteArrayList<>();

  /**
   * A published message.
   *
   * @param topicArn the topic
   */
  public record Message(String topicArn, String subject, String text) {}

  private Topics(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts on a free port of loopback.
   *
   * @throws LocalException if there is none
   */
  public static Topics start() {
    try {
      Topics topics =
          new Topics(
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
      topics.server.createContext("/", topics::answer);
      topics.server.start();
      return topics;
    } catch (IOException e) {
      throw new LocalException("SNS cannot be stood in for: " + e.getMessage() + ".", e);
    }
  }

  /** The endpoint for the SDK. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** All messages, in the order in which they were published. */
  public List<Message> published() {
    return List.copyOf(published);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> call = form(exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES));
      String fault = publish(call);
      byte[] answer =
          (fault.isEmpty()
                  ? "<PublishResponse><PublishResult><MessageId>"
                      + published.size()
                      + "</MessageId></PublishResult></PublishResponse>"
                  : "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameter</Code><Message>"
                      + fault
                      + "</Message></Error></ErrorResponse>")
              .getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/xml");
      exchange.sendResponseHeaders(fault.isEmpty() ? OK : BAD_REQUEST, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /** The fault of a call; empty if there is none. */
  private String publish(Map<String, String> call) {
    String subject = call.getOrDefault("Subject", "");
    String text = call.getOrDefault("Message", "");
    if (!call.getOrDefault("Action", "").equals("Publish")) {
      return "local knows no action of SNS but Publish";
    }
    if (text.isEmpty() || text.getBytes(UTF_8).length > MAX_MESSAGE_BYTES) {
      return "Message is empty or too long";
    }
    if (!subject.matches("[A-Za-z0-9!-/:-@\\[-`{-~][ -~]{0," + (MAX_SUBJECT_CHARS - 1) + "}")) {
      return "Subject is empty, too long or not ASCII";
    }
    published.add(new Message(call.getOrDefault("TopicArn", ""), subject, text));
    LOG.info("Published: {}\n{}", subject, text);
    return "";
  }

  private static Map<String, String> form(byte[] body) {
    Map<String, String> form = new HashMap<>();
    for (String pair : new String(body, UTF_8).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      form.put(
          URLDecoder.decode(parts[0], UTF_8),
          parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    return form;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
