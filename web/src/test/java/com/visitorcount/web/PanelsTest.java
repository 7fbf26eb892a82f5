package com.visitorcount.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A panel of the dashboard is named in several files. */
final class PanelsTest {
  /** The rules of the style that show a panel alone in a frame: what is hidden, and what is not. */
  private static final List<String> RULES =
      List.of(
          ":is(header, .panel, .online, footer, .kpis) { display: none }",
          ".top { display: none }");

  private final Set<String> panels = keys("address.js", "PANELS");
  private final Set<String> lists = keys("address.js", "tabs");

  @Test
  void panels_haveASectionInThePage() {
    List<String> sections =
        all("index.html", "<section class=\"card panel[a-z ]*\" id=\"([a-z]+)\"");

    assertThat(without(panels, "chart")).containsExactlyInAnyOrderElementsOf(sections);
    assertThat(sections).containsAll(lists);
  }

  @Test
  void panels_haveAHeightInAFrame() {
    assertThat(keys("share.js", "HEIGHTS")).isEqualTo(panels);
  }

  @Test
  void panels_areShownAloneInAFrame() {
    String style = text("dashboard.css");
    for (String rule : RULES) {
      String selectors =
          style.lines().filter(line -> line.endsWith(rule)).findFirst().orElseThrow();
      assertThat(panelsOf(selectors)).as(rule).isEqualTo(panels);
    }
    for (String panel : without(panels, "chart")) {
      assertThat(style).contains("[data-panel=" + panel + "] #" + panel);
    }
  }

  @Test
  void lists_areBuiltAndHaveANumberOfRows() {
    String built = all("main.js", "const breakdowns = \\[([^\\]]+)]").get(0);

    assertThat(quoted(built)).containsExactlyInAnyOrderElementsOf(lists);
    assertThat(keys("breakdown.js", "ROWS")).isEqualTo(lists);
  }

  /** The address keeps one order for a panel's list. */
  @Test
  void tabs_belongToOnePanelAndHaveANameInFilters() {
    List<String> tabs = quoted(all("address.js", "const tabs = \\{([^}]+)}").get(0));
    Set<String> named = new TreeSet<>(keys("filters.js", "PROPERTIES"));
    named.addAll(keys("filters.js", "TRACKED"));

    assertThat(tabs).doesNotHaveDuplicates().hasSizeGreaterThan(10);
    assertThat(named).containsAll(tabs);
  }

  private static Set<String> without(Set<String> some, String... others) {
    Set<String> rest = new TreeSet<>(some);
    List.of(others).forEach(rest::remove);
    return rest;
  }

  private static Set<String> panelsOf(String selectors) {
    Set<String> panels = new TreeSet<>();
    Pattern.compile("\\[data-panel=([a-z]+)]")
        .matcher(selectors)
        .results()
        .forEach(panel -> panels.add(panel.group(1)));
    return panels;
  }

  /** The keys of an object; the one of the whole dashboard is no panel. */
  private static Set<String> keys(String file, String object) {
    Set<String> keys = new TreeSet<>();
    String body = all(file, "const " + object + " = \\{([^}]+)}").get(0);
    Pattern.compile("(?:^|[,{\\s])([a-z_]+): ")
        .matcher(body)
        .results()
        .forEach(key -> keys.add(key.group(1)));
    keys.remove("dashboard");
    return keys;
  }

  private static List<String> quoted(String code) {
    List<String> texts = new ArrayList<>();
    Pattern.compile("'([a-z_]+)'")
        .matcher(code)
        .results()
        .forEach(text -> texts.add(text.group(1)));
    return texts;
  }

  private static List<String> all(String file, String pattern) {
    List<String> found = new ArrayList<>();
    Pattern.compile(pattern)
        .matcher(text(file))
        .results()
        .forEach(match -> found.add(match.group(1)));
    assertThat(found).as(file + ": " + pattern).isNotEmpty();
    return found;
  }

  private static String text(String file) {
    try {
      return Files.readString(
          Path.of(
              Objects.requireNonNull(PanelsTest.class.getResource("/web/dashboard/" + file))
                  .toURI()));
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
