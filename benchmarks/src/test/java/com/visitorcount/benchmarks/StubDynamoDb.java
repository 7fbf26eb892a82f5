package com.visitorcount.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A table that only counts, in a process of its own: it answers every {@code UpdateItem} as
 * DynamoDB does, with the new count and with all else that the write sets, and evaluates nothing.
 */
final class StubDynamoDb {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** By key. */
  private static final Map<String, Count> COUNTS = new ConcurrentHashMap<>();

  /**
   * A counter.
   *
   * @param latest what a retry guard stored with the latest view; missing if there is none
   */
  private record Count(long views, JsonNode latest) {
    boolean isRetry(JsonNode hash) {
      return !hash.isMissingNode() && hash.equals(latest);
    }
  }

  private static final Count NONE = new Count(0, MissingNode.getInstance());

  private static final Pattern ASSIGNMENT = Pattern.compile("(#?\\w+) = ");

  private record Answer(int status, ObjectNode body) {}

  private static final String REQUEST_ID = "STUB".repeat(13);

  private StubDynamoDb() {}

  /** Prints its port, and answers until its input ends. */
  public static void main(String[] args) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    System.out.println(server.getLocalPort());
    daemon(
        () -> {
          while (true) {
            Socket connection = server.accept();
            daemon(() -> serve(connection));
          }
        });
    while (System.in.read() >= 0) {
      // whoever started it still lives
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // the other side has closed the connection
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void serve(Socket connection) throws IOException {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream(), 1 << 16);
      OutputStream out = connection.getOutputStream();
      for (int length = bodyLength(in); length >= 0; length = bodyLength(in)) {
        Answer answer = answer(JSON.readTree(in.readNBytes(length)));
        byte[] body = JSON.writeValueAsBytes(answer.body);
        CRC32 checksum = new CRC32();
        checksum.update(body);
        String head =
            "HTTP/1.1 "
                + answer.status
                + " -\r\n"
                + "Server: Server\r\n"
                + "Content-Type: application/x-amz-json-1.0\r\n"
                + "Content-Length: "
                + body.length
                + "\r\nConnection: keep-alive\r\nx-amzn-RequestId: "
                + REQUEST_ID
                + "\r\nx-amz-crc32: "
                + checksum.getValue()
                + "\r\n\r\n";
        ByteArrayOutputStream whole = new ByteArrayOutputStream(2_048);
        whole.write(head.getBytes(ISO_8859_1));
        whole.write(body);
        whole.writeTo(out);
      }
    }
  }

  /** Reads a request's head; -1 at the end of the connection. */
  private static int bodyLength(InputStream in) throws IOException {
    int length = 0;
    StringBuilder line = new StringBuilder();
    while (true) {
      int c = in.read();
      if (c < 0) {
        return -1;
      }
      if (c != '\n') {
        line.append((char) c);
        continue;
      }
      String header = line.toString().strip();
      line.setLength(0);
      if (header.isEmpty()) {
        return length;
      }
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
  }

  private static Answer answer(JsonNode request) {
    ObjectNode body = JSON.createObjectNode();
    JsonNode values = request.path("ExpressionAttributeValues");
    JsonNode salt = values.path(":salt");
    if (!salt.isMissingNode()) {
      body.putObject("Attributes").set("salt", salt);
      return new Answer(200, body);
    }
    JsonNode key = request.path("Key").path("id");
    JsonNode hash = values.path(":hash");
    Count before = COUNTS.getOrDefault(key.path("S").textValue(), NONE);
    if (before.isRetry(hash)) {
      // a counter that lost patience sent the view again
      body.put("__type", "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException");
      body.putObject("Item").putObject("views").put("N", Long.toString(before.views));
      return new Answer(400, body);
    }
    Count count = new Count(before.views + 1, hash);
    COUNTS.put(key.path("S").textValue(), count);
    ObjectNode attributes = body.putObject("Attributes");
    attributes.putObject("views").put("N", Long.toString(count.views));
    // what a write of ours sets beside the count, which DynamoDB gives back as well
    JsonNode names = request.path("ExpressionAttributeNames");
    Matcher assignment = ASSIGNMENT.matcher(request.path("UpdateExpression").asText());
    while (assignment.find()) {
      String written = assignment.group(1);
      String name = written.startsWith("#") ? names.path(written).textValue() : written;
      switch (name) {
        case "last" -> attributes.set("last", values.path(":last"));
        case "born", "base" -> attributes.set(name, values.path(":now"));
        default -> attributes.set(name, hash);
      }
    }
    return new Answer(200, body);
  }
}
