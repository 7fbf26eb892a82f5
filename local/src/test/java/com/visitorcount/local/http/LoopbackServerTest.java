package com.visitorcount.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.local.failure.LocalException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.eclipse.jetty.server.handler.DefaultHandler;
import org.junit.jupiter.api.Test;

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
}
