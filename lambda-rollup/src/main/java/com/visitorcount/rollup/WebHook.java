package com.visitorcount.rollup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Sends alerts to a chat or a program of the owner, each as one {@code POST} of JSON: in the format
 * of incoming webhooks for Slack and Discord, with every property for all others.
 */
final class WebHook {
  /** Discord's limit; alerts are much shorter unless a site has a very long name. */
  private static final int MAX_CHARS = 2_000;

  private static final Set<String> SLACK = Set.of("hooks.slack.com", "hooks.slack-gov.com");
  private static final Set<String> DISCORD = Set.of("discord.com", "discordapp.com");
  private static final int FIRST_OK = 200;
  private static final int LAST_OK = 299;

  private final URI address;
  private final Duration patience;
  private final HttpClient client;

  /**
   * @param patience how long to wait for an answer
   * @throws IllegalArgumentException if the address is neither HTTPS nor HTTP on this machine
   */
  WebHook(String address, Duration patience) {
    this.address = address(address);
    this.patience = requireNonNull(patience, "patience");
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  private static URI address(String text) {
    URI address = URI.create(text);
    boolean loopback = "http".equals(address.getScheme()) && "127.0.0.1".equals(address.getHost());
    if (address.getHost() == null || !("https".equals(address.getScheme()) || loopback)) {
      throw new IllegalArgumentException("the address of a webhook begins with https://");
    }
    return address;
  }

  /**
   * Sends an alert once.
   *
   * @throws IOException if it was not accepted; the reason does not contain the address, which is a
   *     secret
   */
  void send(Alert alert) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(patience)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body(alert).toString()))
            .build();
    int status;
    try {
      status = client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new IOException("the webhook did not answer: " + e.getClass().getSimpleName(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (status < FIRST_OK || status > LAST_OK) {
      throw new IOException("the webhook answered " + status);
    }
  }

  /** The JSON to send. Nothing in it can mention the members of a chat. */
  ObjectNode body(Alert alert) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    String host = address.getHost().toLowerCase(Locale.ROOT);
    if (SLACK.contains(host)) {
      return body.put("text", cut(slackText(alert.text())));
    }
    if (DISCORD.contains(host)) {
      body.put("content", cut(alert.text()));
      body.putObject("allowed_mentions").putArray("parse");
      return body;
    }
    return body.put("text", alert.text())
        .put("site", alert.site())
        .put("kind", alert.kind().label())
        .put("from", alert.from().toString())
        .put("to", alert.to().toString())
        .put("visitors", alert.visitors())
        .put("usual", alert.usual())
        .put("dashboard", alert.dashboard());
  }

  /** Escapes Slack's three control characters, so that text stays plain text. */
  private static String slackText(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String cut(String text) {
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS);
  }
}
