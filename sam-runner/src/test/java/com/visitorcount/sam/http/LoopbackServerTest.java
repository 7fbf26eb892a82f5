package com.visitorcount.sam.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.visitorcount.sam.failure.LocalException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.DefaultHandler;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LoopbackServerTest {
  @Test
  void start_onAPortInUse_isOneSentence() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      assertThatThrownBy(() -> LoopbackServer.start(port, new DefaultHandler()))
          .isInstanceOf(LocalException.class)
          .hasMessage("Port " + port + " is in use; choose another with -Dport=PORT.");
    }
  }

  @Test
  void start_onAPortJustClosed_takesIt() {
    LoopbackServer first = LoopbackServer.start(0, new DefaultHandler());
    int port = first.address().getPort();
    first.close();

    try (LoopbackServer second = LoopbackServer.start(port, new DefaultHandler())) {
      assertThat(second.address()).hasToString("http://127.0.0.1:" + port + "/");
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void start_whatJettyRefuses_getsAProblemDocument_caseC6(int status, String request)
      throws IOException {
    Handler broken =
        new Handler.Abstract() {
          @Override
          public boolean handle(Request asked, Response response, Callback callback) {
            throw new IllegalStateException("told to");
          }
        };
    try (LoopbackServer server = LoopbackServer.start(0, broken);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertThat(answer)
          .startsWith("HTTP/1.1 " + status + " ")
          .containsIgnoringCase("content-type: application/problem+json\r\n")
          .contains("\"status\":" + status + "}")
          .doesNotContain("<", "told to");
    }
  }

  static Stream<Arguments> refused() {
    String rest = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    return Stream.of(
        arguments(500, "GET /" + rest + "\r\n"),
        arguments(400, "GET /%00" + rest + "\r\n"),
        arguments(400, "GET /%zz" + rest + "\r\n"),
        arguments(400, "GET /../a" + rest + "\r\n"),
        arguments(400, "GET / HTTP/1.1\r\n\r\n"),
        arguments(505, "GET /\r\nHost: a\r\n\r\n"),
        arguments(414, "GET /?" + "a".repeat(150_000) + rest + "\r\n"),
        arguments(431, "GET /" + rest + "X: " + "a".repeat(150_000) + "\r\n\r\n"));
  }
}
