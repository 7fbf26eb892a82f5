package com.visitorcount.local.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.clock.MovableClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** An alert with the template's schedule, role and parameter. */
final class AlertsOverHttpTest {
  private static final Instant START = Instant.parse("2026-11-05T13:05:00Z");

  @Test
  void site_withoutVisitorsWhereThereUsuallyAreSome_isToldToTheHook() throws Exception {
    List<String> received = new CopyOnWriteArrayList<>();
    HttpServer hook =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext(
        "/",
        exchange -> {
          received.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    hook.start();
    MovableClock clock = MovableClock.at(START);
    String address = "http://127.0.0.1:" + hook.getAddress().getPort() + "/secret";
    try (LocalStack stack =
        TestStack.start(Map.of("TrustedIpHeader", "X-Real-Ip", "AlertHook", address), clock)) {
      for (int week = 0; week < 3; week++) {
        clock.set(START.plus(Duration.ofDays(7L * week)));
        for (int visitor = 0; visitor < 20; visitor++) {
          view(stack, visitor);
        }
        stack.runner().settle();
        clock.move(Duration.ofDays(3));
        stack.runner().runSchedules();
      }
      assertThat(received).isEmpty();

      clock.set(START.plus(Duration.ofDays(21)).plus(Duration.ofMinutes(65)));
      stack.runner().runSchedules();

      assertThat(received).hasSize(1);
      assertThat(received.get(0))
          .contains("\"kind\":\"silence\"", "\"usual\":20")
          .contains(stack.read() + "dashboard/?site=shop.example");
    } finally {
      hook.stop(0);
    }
  }

  private static void view(LocalStack stack, int visitor) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(stack.increment())
            .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Firefox/142.0")
            .header("X-Real-Ip", "198.51.100." + visitor)
            .POST(BodyPublishers.ofString("{\"url\":\"https://shop.example/\"}"))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
  }
}
