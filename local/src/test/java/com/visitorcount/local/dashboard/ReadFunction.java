package com.visitorcount.local.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.visitorcount.local.browser.LoopbackServer;
import com.visitorcount.web.WebFile;
import com.visitorcount.web.WebFiles;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for the read function, for what the real one does not do on demand: it fails, waits,
 * requires a token, has no views yet, and returns any text as sent by a visitor's browser.
 */
final class ReadFunction implements AutoCloseable {
  static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final int PATIENCE_SECONDS = 20;

  private final LoopbackServer server = LoopbackServer.allAtOnce(this::handle);
  private final WebFiles files = new WebFiles();
  private final Figures figures = new Figures();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile List<String> sites = List.of("example.com", "blog.example.com");
  private volatile @Nullable String token;
  private volatile @Nullable String share;
  private volatile boolean empty;
  private volatile int failure;
  private volatile List<String> incompleteDays = List.of();
  private volatile int online = 23;
  private volatile List<String> held = List.of();
  private volatile CountDownLatch hold = new CountDownLatch(0);

  /** URL of the first site's dashboard with a query, such as {@code ?period=7d}. */
  String dashboard(String query) {
    String site = query.contains("site=") ? "" : (query.isEmpty() ? "?" : "&") + "site=example.com";
    return server.url("read.test") + "dashboard/" + query + site;
  }

  /** URL of the list of all sites. */
  String allSites() {
    return server.url("read.test") + "dashboard/";
  }

  Figures figures() {
    return figures;
  }

  /** The paths and queries requested from the API so far, decoded. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  void forget() {
    asked.clear();
  }

  void setSites(String... names) {
    sites = List.of(names);
  }

  /** From now on requires this token, or this key of a share link. */
  void require(String ownersToken, String shareKey) {
    token = ownersToken;
    share = shareKey;
  }

  /** Sets whether no view was ever counted. */
  void setEmpty(boolean none) {
    empty = none;
  }

  void setOnline(int visitors) {
    online = visitors;
  }

  /** From now on some data of these days cannot be read. */
  void setIncomplete(String... days) {
    incompleteDays = List.of(days);
  }

  /** From now on fails with this status; 0: stops failing. */
  void failWith(int status) {
    failure = status;
  }

  /** From now on holds requests whose paths begin with these prefixes, until all are released. */
  void hold(String... pathPrefixes) {
    hold = new CountDownLatch(1);
    held = List.of(pathPrefixes);
  }

  void release() {
    held = List.of();
    hold.countDown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.startsWith("/api/v1/")) {
      answerQuestion(exchange, path.substring("/api/v1/".length()));
      return;
    }
    WebFile file = files.find(path);
    if (file == null) {
      LoopbackServer.answer(exchange, 404, Map.of(), new byte[0]);
      return;
    }
    Map<String, String> headers =
        Map.of(
            "content-type",
            file.contentType(),
            "content-encoding",
            "gzip",
            "content-security-policy",
            POLICY);
    LoopbackServer.answer(exchange, 200, headers, file.gzip());
  }

  private void answerQuestion(HttpExchange exchange, String path) throws IOException {
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    if (exchange.getRequestMethod().equals("DELETE")) {
      @Nullable String revoked = share;
      share = "new" + revoked;
    }
    asked.add(path + (query.isEmpty() ? "" : "?" + query));
    if (held.stream().anyMatch(path::startsWith)) {
      await(hold);
    }
    String authorization = exchange.getRequestHeaders().getFirst("authorization");
    boolean refused =
        token != null
            && !("Bearer " + token).equals(authorization)
            && !(share != null && share(query).get("share").asText().equals(query.get("share")));
    int status = failure > 0 ? failure : refused ? 401 : 200;
    boolean csv = status == 200 && "csv".equals(query.get("format"));
    String type =
        csv ? "text/csv" : status == 200 ? "application/json" : "application/problem+json";
    String body =
        csv
            ? "page,visitors\r\n'=cmd|,1\r\n"
            : (status == 200 ? answer(path, query) : problem(status)).toString();
    LoopbackServer.answer(
        exchange,
        status,
        Map.of("content-type", type, "cache-control", "no-store"),
        body.getBytes(UTF_8));
  }

  private JsonNode answer(String path, Map<String, String> query) {
    if (empty) {
      query.put("filters", "visit:browser==nobody");
    }
    JsonNode answer = whole(path, query);
    if (!incompleteDays.isEmpty() && path.equals("stats/aggregate")) {
      ObjectNode incomplete = (ObjectNode) answer;
      incomplete.put("incomplete", true);
      incompleteDays.forEach(incomplete.withArray("incomplete_days")::add);
    }
    return answer;
  }

  private JsonNode whole(String path, Map<String, String> query) {
    return switch (path) {
      case "sites" -> sites();
      case "sites/share" -> share(query);
      case "sites/overview" -> overview(query);
      case "stats/realtime" -> figures.online(empty ? 0 : online);
      case "stats/realtime/visitors" -> IntNode.valueOf(online);
      case "stats/aggregate" -> figures.aggregate(query);
      case "stats/timeseries" -> figures.series(query);
      case "stats/breakdown" -> figures.breakdown(query);
      default -> problem(404);
    };
  }

  private ObjectNode sites() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode array = answer.putArray("sites");
    sites.forEach(site -> array.addObject().put("site_id", site));
    return answer;
  }

  /** The answer with a key, including the filters that it is limited to. */
  private ObjectNode share(Map<String, String> query) {
    String filters = query.getOrDefault("share_filters", "");
    return JsonNodeFactory.instance
        .objectNode()
        .put("share", (share == null ? "key" : share) + (filters.isEmpty() ? "" : ":" + filters));
  }

  private ObjectNode overview(Map<String, String> query) {
    String search = query.getOrDefault("search", "");
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode results = answer.putArray("results");
    List<String> found = sites.stream().filter(site -> site.contains(search)).toList();
    for (String site : found) {
      ObjectNode line = results.addObject().put("site_id", site);
      line.put("visitors", 100 * site.length()).put("change", site.length() - 13);
      line.put("online", site.length() % 3);
      line.putArray("points").add(1).add(5).add(3);
    }
    return answer.put("total", found.size());
  }

  private static ObjectNode problem(int status) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "urn:problem-type:visitorcount:" + (status == 400 ? "invalid-query" : "other"))
        .put("title", "Problem " + status)
        .put("status", status)
        .put("detail", "Detail of problem " + status + ".");
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new HashMap<>();
    for (String part : (raw == null ? "" : raw).split("&", -1)) {
      String[] pair = part.split("=", 2);
      if (pair.length == 2) {
        query.put(URLDecoder.decode(pair[0], UTF_8), URLDecoder.decode(pair[1], UTF_8));
      }
    }
    return query;
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Nobody released what was held");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    release();
    server.close();
  }
}
