package com.visitorcount.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.visitorcount.local.browser.Chromium;
import com.visitorcount.local.browser.Visitor;
import com.visitorcount.web.WebFile;
import com.visitorcount.web.WebFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * What trackers take: bytes as they are served, and the time that Chromium spends on scripts, with
 * a slow processor, from opening a page until its view has been sent. Peers' trackers are those of
 * their npm packages. All answer alike, and a tracker that sends no view ends the run.
 */
final class InTheBrowser {
  private static final int ROUNDS = 9;
  private static final int SLOWER_CPU = 6;
  private static final int PATIENCE_SECONDS = 20;
  private static final String HOST = "site.test";

  /** To a view: what one of them looks for, the others do not mind. */
  private static final String ANSWER =
      "{\"count\":1,\"ht\":1,\"data\":{\"createRecord\":{\"payload\":{\"id\":\"a\"}}}}";

  /**
   * A tracker.
   *
   * @param script its file
   * @param gzip its bytes as they are served, compressed by gzip
   * @param tag what a page has for it; %s is an address that takes views
   */
  private record Tracker(String script, int gzip, String tag) {}

  private final Map<String, Tracker> trackers = new LinkedHashMap<>();
  private final Semaphore views = new Semaphore(0);

  private InTheBrowser() {}

  static void run(Path module, Results results) throws Exception {
    InTheBrowser benchmark = new InTheBrowser();
    for (String name : List.of("v.js", "v.events.js", "v.full.js")) {
      WebFile file = requireNonNull(new WebFiles().find("/" + name));
      benchmark.trackers.put(
          name,
          new Tracker(
              new String(file.plain(), UTF_8),
              file.gzip().length,
              "<script defer src='/" + name + "' data-api='%s'></script>"));
    }
    if (!new Rivals(module).hasNodeModules()) {
      results.notRun("trackers of others", "npm packages", "they cannot be installed");
      return;
    }
    Path packages = module.resolve("node_modules");
    benchmark.addRival(
        "Ackee",
        packages.resolve("ackee-tracker/dist/ackee-tracker.min.js"),
        "<script src='/Ackee' data-ackee-server='%s'"
            + " data-ackee-domain-id='hd11f820-68a1-11e6-8047-79c0c2d9bce0'"
            + " data-ackee-opts='{\"ignoreLocalhost\":false,\"ignoreOwnVisits\":false}'></script>");
    benchmark.addRival(
        "Counterscale",
        packages.resolve("@counterscale/tracker/dist/loader/tracker.js"),
        "<script id='counterscale-script' data-site-id='a' src='/Counterscale/tracker.js'"
            + " defer></script>");
    benchmark.addRival(
        "Plausible",
        packages.resolve("@plausible-analytics/tracker/plausible.js"),
        "<script type=module>import{init}from'/Plausible';"
            + "init({domain:'site.test',endpoint:'%s',outboundLinks:true,fileDownloads:true,"
            + "formSubmissions:true})</script>");
    benchmark.bytes(results);
    benchmark.times(results);
    for (String peer : List.of("Umami", "GoatCounter")) {
      results.notRun("tracker", peer, "its tracker is in no npm package");
    }
  }

  private void addRival(String name, Path file, String tag) throws IOException {
    String script = Files.readString(file);
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out =
        new GZIPOutputStream(gzip) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      out.write(script.getBytes(UTF_8));
    }
    trackers.put(name, new Tracker(script, gzip.size(), tag));
  }

  private void bytes(Results results) throws IOException {
    Map<String, Integer> brotli = new LinkedHashMap<>();
    for (Map.Entry<String, Tracker> tracker : trackers.entrySet()) {
      brotli.put(tracker.getKey(), brotli(tracker.getValue().script().getBytes(UTF_8)));
    }
    for (List<String> pair : pairs()) {
      String ours = pair.get(0);
      String rival = pair.get(1);
      results.add(
          Result.compared(
              "gzip, " + ours,
              trackers.get(ours).gzip(),
              trackers.get(rival).gzip(),
              rival,
              "bytes",
              1));
      results.add(
          Result.compared(
              "brotli, " + ours, brotli.get(ours), brotli.get(rival), rival, "bytes", 1));
    }
    WebFiles files = new WebFiles();
    int gzip = 0;
    int small = 0;
    for (String name : List.of("", "dashboard.js", "dashboard.css", "icon.svg")) {
      WebFile file = requireNonNull(files.find(WebFiles.DASHBOARD + name));
      gzip += file.gzip().length;
      small += brotli(file.plain());
    }
    results.add(Result.alone("gzip, the dashboard's page, script, style and icon", gzip, "bytes"));
    results.add(
        Result.alone("brotli, the dashboard's page, script, style and icon", small, "bytes"));
    results.notRun("dashboards", "Plausible, Umami, GoatCounter", "they are in no npm package");
  }

  /** Ours, and the peers that do what it does: views alone, or clicks and forms as well. */
  private static List<List<String>> pairs() {
    return List.of(
        List.of("v.js", "Ackee"),
        List.of("v.js", "Counterscale"),
        List.of("v.events.js", "Plausible"),
        List.of("v.full.js", "Plausible"));
  }

  /** By Node, since Java has no brotli. */
  private static int brotli(byte[] content) throws IOException {
    Process process =
        new ProcessBuilder(
                "node", "-e", "console.log(zlib.brotliCompressSync(fs.readFileSync(0)).length)")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(content);
    }
    return Integer.parseInt(new String(process.getInputStream().readAllBytes(), UTF_8).strip());
  }

  private void times(Results results) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService executor = Executors.newCachedThreadPool();
    server.setExecutor(executor);
    server.createContext("/", this::answer);
    server.start();
    String site = "http://" + HOST + ":" + server.getAddress().getPort();
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    try (Chromium chromium = Chromium.likeAPersons()) {
      List<String> order = new ArrayList<>(trackers.keySet());
      // the first opening of each is not counted
      for (int round = 0; round <= ROUNDS; round++) {
        for (String name : order) {
          double taken = scriptMillis(chromium, site, name);
          if (round > 0) {
            millis.computeIfAbsent(name, its -> new ArrayList<>()).add(taken);
          }
        }
        Collections.rotate(order, 1);
      }
    } finally {
      server.stop(0);
      executor.shutdownNow();
    }
    for (List<String> pair : pairs()) {
      results.add(
          Result.ofRounds(
              "time of scripts, " + pair.get(0),
              array(millis.get(pair.get(0))),
              array(millis.get(pair.get(1))),
              pair.get(1),
              "ms, processor " + SLOWER_CPU + " times slower",
              1));
    }
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private double scriptMillis(Chromium chromium, String site, String tracker)
      throws InterruptedException {
    views.drainPermits();
    try (Visitor visitor = chromium.visitor(new Browser.NewContextOptions())) {
      visitor.allowMissingIconInConsole();
      Page page = visitor.context().newPage();
      CDPSession session = visitor.context().newCDPSession(page);
      JsonObject rate = new JsonObject();
      rate.addProperty("rate", SLOWER_CPU);
      session.send("Emulation.setCPUThrottlingRate", rate);
      JsonObject cpuTime = new JsonObject();
      cpuTime.addProperty("timeDomain", "threadTicks");
      session.send("Performance.enable", cpuTime);
      page.navigate(site + "/page-with/" + tracker);
      if (!views.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(tracker + " sends no view; the run is void");
      }
      for (JsonElement metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
        JsonObject its = metric.getAsJsonObject();
        if (its.get("name").getAsString().equals("ScriptDuration")) {
          return 1_000 * its.get("value").getAsDouble();
        }
      }
      throw new IllegalStateException("Chromium does not say how long scripts took");
    }
  }

  /** A page with a tracker, a tracker, or an address that takes views. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      // Counterscale finds its server by a script of this name
      String plain = path.replace("/tracker.js", "");
      String name = plain.substring(plain.lastIndexOf('/') + 1);
      exchange.getRequestBody().readAllBytes();
      if (path.startsWith("/page-with/")) {
        String views = "http://" + exchange.getRequestHeaders().getFirst("Host") + "/views";
        String tag = trackers.get(name).tag().replace("%s", views);
        String html = "<!doctype html><meta charset=utf-8><title>A page</title>" + tag + "<p>Text.";
        send(exchange, "text/html; charset=utf-8", html.getBytes(UTF_8));
      } else if (trackers.containsKey(name)) {
        send(
            exchange,
            "text/javascript; charset=utf-8",
            trackers.get(name).script().getBytes(UTF_8));
      } else if (path.equals("/favicon.ico")) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        // Counterscale asks for something before it sends its view
        if (!exchange.getRequestMethod().equals("OPTIONS") && !name.equals("cache")) {
          views.release();
        }
        send(exchange, "application/json", ANSWER.getBytes(UTF_8));
      }
    }
  }

  private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }
}
