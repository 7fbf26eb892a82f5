package com.visitorcount.increment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Counts the user agents of public lists that are classified wrongly, and prints them. Not part of
 * the build: {@code docs/contributing.md} says how to run it, and where the lists come from.
 */
final class PublicUserAgents {
  /** Programs with a browser engine run the tracker; others never do. */
  private static final Pattern ENGINE =
      Pattern.compile("(?i)applewebkit|gecko/|trident|presto|chrome/|safari/");

  private static final double MOST_COUNTED = 0.10;
  private static final double MOST_MISNAMED = 0.005;
  private static final int MOST_DROPPED = 10;

  /** Our browser names by those of the lists. */
  private static final Map<String, String> BROWSERS =
      Map.ofEntries(
          Map.entry("Amazon Silk", "Silk"),
          Map.entry("Android Webkit", "Android Browser"),
          Map.entry("Baidu Box App", "Baidu"),
          Map.entry("Baidu Box App Lite", "Baidu"),
          Map.entry("Baidu Browser", "Baidu"),
          Map.entry("Chrome Mobile", "Chrome"),
          Map.entry("Chrome Mobile iOS", "Chrome"),
          Map.entry("Chrome Webview", "Chrome"),
          Map.entry("Chromium", "Chrome"),
          Map.entry("DuckDuckGo Privacy Browser", "DuckDuckGo"),
          Map.entry("Facebook Lite", "Facebook"),
          Map.entry("Facebook Messenger", "Facebook"),
          Map.entry("Firefox Focus", "Firefox"),
          Map.entry("Firefox Mobile", "Firefox"),
          Map.entry("Firefox Mobile iOS", "Firefox"),
          Map.entry("Google Search App", "Google"),
          Map.entry("Huawei Browser Mobile", "Huawei Browser"),
          Map.entry("IE Mobile", "Internet Explorer"),
          Map.entry("Mi Browser", "MIUI Browser"),
          Map.entry("Microsoft Edge", "Edge"),
          Map.entry("Mobile Safari", "Safari"),
          Map.entry("Mobile Silk", "Silk"),
          Map.entry("Naver", "NAVER"),
          Map.entry("Opera Devices", "Opera"),
          Map.entry("Opera GX", "Opera"),
          Map.entry("Opera Mini", "Opera"),
          Map.entry("Opera Mini iOS", "Opera"),
          Map.entry("Opera Mobile", "Opera"),
          Map.entry("Opera Next", "Opera"),
          Map.entry("Opera Touch", "Opera"),
          Map.entry("QQ Browser Lite", "QQ Browser"),
          Map.entry("QQ Browser Mini", "QQ Browser"),
          Map.entry("Samsung Browser", "Samsung Internet"),
          Map.entry("Samsung Browser Lite", "Samsung Internet"),
          Map.entry("Twitter", "X"),
          Map.entry("UC Browser Mini", "UC Browser"),
          Map.entry("UC Browser Turbo", "UC Browser"),
          Map.entry("Whale Browser", "Whale"),
          Map.entry("Yandex Browser", "Yandex"),
          Map.entry("Yandex Browser Lite", "Yandex"),
          Map.entry("vivo Browser", "Vivo Browser"));

  /** Our system names by those of the lists. */
  private static final Map<String, String> SYSTEMS =
      Map.ofEntries(
          Map.entry("Android TV", "Android"),
          Map.entry("Chrome OS", "ChromeOS"),
          Map.entry("CyanogenMod", "Android"),
          Map.entry("Debian", "Linux"),
          Map.entry("Fedora", "Linux"),
          Map.entry("Fire OS", "Android"),
          Map.entry("GNU/Linux", "Linux"),
          Map.entry("HyperOS", "Android"),
          Map.entry("Lineage OS", "Android"),
          Map.entry("Mac", "macOS"),
          Map.entry("MocorDroid", "Android"),
          Map.entry("Smartisan OS", "Android"),
          Map.entry("Ubuntu", "Linux"),
          Map.entry("Wear OS", "Android"),
          Map.entry("Windows CE", "Windows"),
          Map.entry("Windows RT", "Windows"),
          Map.entry("iPadOS", "iOS"));

  private record Device(String userAgent, String browser, String os) {}

  @Test
  void crawlerUserAgents_programs_areNotCounted() throws IOException {
    Path file = Path.of("../local/node_modules/crawler-user-agents/crawler-user-agents.json");
    assertThat(file).as("npm ci --ignore-scripts in local brings it").exists();
    Set<String> programs = new LinkedHashSet<>();
    for (JsonNode crawler : new ObjectMapper().readTree(file.toFile())) {
      crawler.path("instances").forEach(instance -> programs.add(instance.textValue()));
    }

    assertAreNotCounted(programs);
  }

  @Test
  void yauaa_programs_areNotCounted() throws IOException {
    assertAreNotCounted(yauaa(Set.of("Robot", "Robot Mobile", "Robot Imitator")));
  }

  @Test
  void isbot_programs_areNotCounted() throws IOException {
    assertAreNotCounted(
        texts(yaml(isbot("crawlers.yml"))).collect(toCollection(LinkedHashSet::new)));
  }

  @Test
  void isbot_people_areCounted() throws IOException {
    assertAreCounted(
        texts(yaml(isbot("browsers.yml"))).collect(toCollection(LinkedHashSet::new)), MOST_DROPPED);
  }

  @Test
  void deviceDetector_programs_areNotCounted() throws IOException {
    assertAreNotCounted(
        devices(name -> name.startsWith("bots"))
            .map(Device::userAgent)
            .collect(toCollection(LinkedHashSet::new)));
  }

  @Test
  void deviceDetector_people_areCounted() throws IOException {
    assertAreCounted(
        devices(name -> !name.startsWith("bots"))
            .map(Device::userAgent)
            .collect(toCollection(LinkedHashSet::new)),
        MOST_DROPPED);
  }

  @Test
  void deviceDetector_browsersAndSystems_haveTheirNames() throws IOException {
    List<Device> devices =
        devices(name -> !name.startsWith("bots"))
            .filter(device -> claimsToBeABrowser(device.userAgent()))
            .toList();

    assertAreNamed(
        "browser",
        devices,
        device -> BROWSERS.getOrDefault(device.browser(), device.browser()),
        UserAgent::browser,
        UserAgent.browsers().toList());
    assertAreNamed(
        "system",
        devices,
        device -> SYSTEMS.getOrDefault(device.os(), device.os()),
        UserAgent::os,
        UserAgent.systems().toList());
  }

  private static void assertAreNamed(
      String what,
      List<Device> devices,
      Function<Device, String> expected,
      Function<UserAgent, String> named,
      Collection<String> ours) {
    Map<String, List<String>> wrong =
        devices.stream()
            .filter(device -> ours.contains(expected.apply(device)))
            .filter(
                device ->
                    !named
                        .apply(UserAgent.of(cut(device.userAgent())))
                        .equals(expected.apply(device)))
            .collect(
                groupingBy(
                    device ->
                        expected.apply(device)
                            + " as "
                            + named.apply(UserAgent.of(cut(device.userAgent()))),
                    mapping(Device::userAgent, toCollection(ArrayList::new))));
    wrong.forEach(
        (how, agents) -> System.out.println(agents.size() + " " + how + ": " + agents.get(0)));
    int count = wrong.values().stream().mapToInt(List::size).sum();
    System.out.printf(
        Locale.ROOT,
        "%s: %d of %d wrong, %.2f %%%n",
        what,
        count,
        devices.size(),
        100.0 * count / devices.size());

    assertThat(count).isLessThanOrEqualTo((int) (MOST_MISNAMED * devices.size()));
  }

  private static void assertAreNotCounted(Set<String> programs) {
    List<String> withEngine =
        programs.stream().filter(text -> ENGINE.matcher(text).find()).toList();
    List<String> counted = withEngine.stream().filter(text -> !Bot.is(cut(text))).toList();
    counted.forEach(System.out::println);
    System.out.printf(
        Locale.ROOT,
        "programs: %d of %d counted, %.1f %%%n",
        counted.size(),
        withEngine.size(),
        100.0 * counted.size() / withEngine.size());

    assertThat(withEngine).hasSizeGreaterThan(100);
    assertThat(counted).hasSizeLessThanOrEqualTo((int) (MOST_COUNTED * withEngine.size()));
  }

  private static void assertAreCounted(Set<String> people, int mostDropped) {
    List<String> browsers = people.stream().filter(PublicUserAgents::claimsToBeABrowser).toList();
    List<String> dropped = browsers.stream().filter(text -> Bot.is(cut(text))).toList();
    dropped.forEach(System.out::println);
    System.out.printf("people: %d of %d dropped%n", dropped.size(), browsers.size());

    assertThat(browsers).hasSizeGreaterThan(400);
    assertThat(dropped).hasSizeLessThanOrEqualTo(mostDropped);
  }

  private static boolean claimsToBeABrowser(String userAgent) {
    return userAgent.startsWith("Mozilla/") || userAgent.startsWith("Opera/");
  }

  private static String cut(String userAgent) {
    return userAgent.substring(0, Math.min(userAgent.length(), UserAgents.MAX_CHARS));
  }

  private static Path isbot(String file) {
    return checkout("isbot").resolve("fixtures").resolve(file);
  }

  private static Path checkout(String name) {
    String folder = System.getProperty("agents." + name);
    assumeThat(folder).as("-Dagents." + name + "=, a checkout of it").isNotNull();
    return Path.of(Objects.requireNonNull(folder));
  }

  private static Stream<Device> devices(Predicate<String> files) throws IOException {
    List<Path> fixtures;
    try (Stream<Path> all = Files.list(checkout("device-detector").resolve("Tests/fixtures"))) {
      fixtures = all.filter(file -> files.test(file.getFileName().toString())).sorted().toList();
    }
    Map<String, Device> devices = new LinkedHashMap<>();
    for (Path fixture : fixtures) {
      for (Object test : (List<?>) yaml(fixture)) {
        Map<?, ?> told = (Map<?, ?>) test;
        // client hints contain what the user agent does not
        if (!told.containsKey("headers")) {
          String userAgent = String.valueOf(told.get("user_agent"));
          devices.putIfAbsent(
              userAgent, new Device(userAgent, name(told.get("client")), name(told.get("os"))));
        }
      }
    }
    return devices.values().stream();
  }

  private static String name(Object of) {
    return of instanceof Map<?, ?> map && map.get("name") != null ? map.get("name").toString() : "";
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    return new Yaml(options);
  }

  private static Object yaml(Path file) throws IOException {
    return yaml().load(Files.readString(file));
  }

  private static Stream<String> texts(Object yaml) {
    if (yaml instanceof Map<?, ?> map) {
      return map.values().stream().flatMap(PublicUserAgents::texts);
    }
    return yaml instanceof List<?> list
        ? list.stream().flatMap(PublicUserAgents::texts)
        : Stream.of(String.valueOf(yaml));
  }

  /** The user agents in the tests of yauaa's jar, for some of its device classes. */
  private static Set<String> yauaa(Set<String> classes) throws IOException {
    URL one = PublicUserAgents.class.getResource("/UserAgents/Robots.yaml");
    assertThat(one).as("-Pagents brings it").isNotNull();
    Set<String> userAgents = new LinkedHashSet<>();
    try (JarFile jar = ((JarURLConnection) one.openConnection()).getJarFile()) {
      for (Enumeration<JarEntry> files = jar.entries(); files.hasMoreElements(); ) {
        JarEntry file = files.nextElement();
        if (file.getName().startsWith("UserAgents/") && file.getName().endsWith(".yaml")) {
          try (InputStream in = jar.getInputStream(file)) {
            Map<?, ?> content = yaml().load(new InputStreamReader(in, UTF_8));
            if (content.get("config") instanceof List<?> config) {
              config.forEach(entry -> add((Map<?, ?>) entry, classes, userAgents));
            }
          }
        }
      }
    }
    return userAgents;
  }

  private static void add(Map<?, ?> entry, Set<String> classes, Set<String> userAgents) {
    if (entry.get("test") instanceof Map<?, ?> test
        && test.get("input") instanceof Map<?, ?> input
        && test.get("expected") instanceof Map<?, ?> expected
        && classes.contains(String.valueOf(expected.get("DeviceClass")))) {
      Stream.of("user_agent_string", "User-Agent")
          .map(input::get)
          .filter(Objects::nonNull)
          .forEach(userAgent -> userAgents.add(userAgent.toString()));
    }
  }
}
