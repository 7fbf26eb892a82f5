package com.visitorcount.local.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A DynamoDB on loopback, with TLS like the real one, that gives every call the same answer. */
final class CannedStore implements AutoCloseable {
  static final String PASSWORD = "loopback";

  private static final byte[] ANSWER =
      """
      {"Attributes":{"views":{"N":"7"},"salt":{"B":"c2FsdHNhbHRzYWx0c2FsdHNhbHRzYWx0c2FsdHNhbHQ="}},\
      "Item":{"id":{"S":"a"},"views":{"N":"7"}},"Responses":{},"UnprocessedKeys":{},"Items":[],"Count":0}\
      """
          .getBytes(UTF_8);

  static {
    RuntimeApi.sendAtOnce();
  }

  private final HttpsServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Path directory;

  private CannedStore(HttpsServer server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  /**
   * Starts one.
   *
   * @param directory for its certificate
   */
  static CannedStore start(Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path keys = directory.resolve("keys.p12");
    keytool(
        "-genkeypair -keyalg EC -dname CN=loopback -ext san=ip:127.0.0.1 -ext bc=ca:true"
            + " -alias store",
        keys);
    keytool("-exportcert -rfc -alias store -file " + directory.resolve("store.pem"), keys);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(keys)));
    CannedStore store = new CannedStore(server, directory);
    server.setExecutor(store.executor);
    server.createContext("/", CannedStore::answer);
    server.start();
    return store;
  }

  private static void keytool(String arguments, Path keys)
      throws IOException, InterruptedException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String all =
        tool + " " + arguments + " -storetype PKCS12 -storepass " + PASSWORD + " -keystore " + keys;
    Process process =
        new ProcessBuilder(all.split(" "))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + all);
    }
  }

  private static SSLContext tls(Path keys) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return tls;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(200, ANSWER.length);
    exchange.getResponseBody().write(ANSWER);
    exchange.close();
  }

  URI endpoint() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The trust store for Java. */
  Path keys() {
    return directory.resolve("keys.p12");
  }

  /** The certificate for all others. */
  Path certificate() {
    return directory.resolve("store.pem");
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
