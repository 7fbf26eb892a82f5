package com.visitorcount.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Almost valid input: starts with something valid and changes a little of it, the same for the same
 * seed. {@code -Dfuzz.cases} sets the number of cases in a test.
 */
public final class Mutations {
  /** Cases of each kind. */
  public static final int CASES = Integer.getInteger("fuzz.cases", 5_000);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final String[] TEXTS = {
    "",
    " ",
    "null",
    "-1",
    "0",
    "1e999",
    "99999999999999999999",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</text></svg>",
    "]]>",
    "<!--",
    "&amp;&lt;&#0;",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "a\r\nSet-Cookie: x=1",
    "\n{\"level\":\"ERROR\"}",
    "\u0000",
    "\u001B[31m",
    "\u007F",
    "\u2028\u2029",
    "\u202E\u2066",
    "\uFEFF",
    "\uFFFE\uFFFF",
    "\uD800",
    "\uDC00\uD800",
    "\uD83D\uDE00",
    "e\u0301\u0327",
    "\u0130\u0131ß",
    "Lišácké předplatné",
    "日本",
    "عربى",
    "%",
    "%2",
    "%zz",
    "%00",
    "%0d%0a",
    "%2F%2e%2e",
    "%C0%AF",
    "%ED%A0%80",
    "%25252F",
    "%F0%9F%98%80",
    "#salt/2026-11-25",
    "#",
    "//",
    "/./../",
    "a//b///",
    "http://",
    "https://[::1]:99999/",
    "https://user:pass@example.com:443/a?b#c",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "xn--nxasmq6b",
    "a.b.c.d.e.f",
    "${jndi:ldap://x/a}",
    "{{7*7}}",
    "'; DROP TABLE views; --",
    "*",
    "**",
    ";|\\",
    ",,,",
    "__proto__",
    "constructor",
    "(a+)+$",
    "\\",
    "true"
  };

  private static final String[] UNITS = {
    "a",
    "a.",
    "a-",
    "ü.",
    ".",
    "..",
    "/",
    "/..",
    "/./",
    "//",
    ";",
    ";a",
    "|",
    "\\",
    "\\*",
    "*",
    "**",
    "*a",
    "%",
    "%2e",
    "%41",
    "%FF",
    "%C3%A9",
    "&",
    "&a",
    "=",
    "a=",
    "+",
    ",",
    ", ",
    "\"",
    "\"a",
    "[",
    "(",
    "@",
    ":",
    "a@",
    "a:",
    "1",
    "0",
    "-",
    " ",
    "\t",
    "\n",
    "\u0301",
    "\u0316\u0301",
    "\u00AD",
    "\u200D",
    "\u1100\u1161",
    "\uFDFA",
    "\uD83D\uDE00",
    "<",
    "'",
    "$",
    "Android ",
    "q=0, "
  };

  private final Random random;

  public Mutations(long seed) {
    this.random = new Random(seed);
  }

  /** A number from 0 to one less than {@code bound}. */
  public int number(int bound) {
    return random.nextInt(bound);
  }

  /** True once in this many times. */
  public boolean onceIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** One of them. */
  @SafeVarargs
  public final <T> T any(T... values) {
    return values[random.nextInt(values.length)];
  }

  /** A text that has caused trouble somewhere, or a long one, or several of these. */
  public String text() {
    return switch (random.nextInt(13)) {
      case 0 -> any(TEXTS) + any(TEXTS);
      case 4 -> onceIn(4) ? repeated() : any(TEXTS);
      case 1 -> any(TEXTS).repeat(1 + random.nextInt(40));
      case 2 -> "x".repeat(random.nextInt(1_200));
      case 3 -> noise(1 + random.nextInt(60));
      default -> any(TEXTS);
    };
  }

  /**
   * One short unit repeated to the limit of a body: overflows stacks, and takes quadratic time or
   * worse in bad code.
   */
  private String repeated() {
    String unit =
        switch (random.nextInt(3)) {
          case 0 -> any(UNITS);
          case 1 -> any(TEXTS);
          default -> any(UNITS) + any(UNITS);
        };
    return any("", "a", "https://")
        + unit.repeat((300 + random.nextInt(7_700)) / Math.max(1, unit.length()))
        + any("", "!", "/", "b/x");
  }

  private String noise(int chars) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < chars; i++) {
      text.append((char) random.nextInt(onceIn(3) ? 0x10000 : 0x100));
    }
    return text.toString();
  }

  /** The text with something inserted, removed, doubled or changed. */
  public String text(String valid) {
    int from = random.nextInt(valid.length() + 1);
    int to = from + random.nextInt(valid.length() + 1 - from);
    return switch (random.nextInt(6)) {
      case 0 -> valid.substring(0, from) + text() + valid.substring(from);
      case 1 -> valid.substring(0, from) + valid.substring(to);
      case 2 -> valid.substring(0, to) + valid.substring(from);
      case 3 -> valid.substring(0, from) + text() + valid.substring(to);
      case 4 -> text();
      default -> valid;
    };
  }

  /** The bytes with some of them changed, removed, doubled or inserted. */
  public byte[] bytes(byte[] valid) {
    byte[] bytes = valid.clone();
    for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    int from = random.nextInt(bytes.length + 1);
    int to = from + random.nextInt(bytes.length + 1 - from);
    return switch (random.nextInt(4)) {
      case 0 -> joined(bytes, from, to, bytes.length);
      case 1 -> joined(bytes, to, from, bytes.length);
      case 2 -> joined(bytes, from, bytes.length, bytes.length);
      default -> bytes;
    };
  }

  private static byte[] joined(byte[] bytes, int end, int from, int to) {
    byte[] joined = new byte[end + to - from];
    System.arraycopy(bytes, 0, joined, 0, end);
    System.arraycopy(bytes, from, joined, end, to - from);
    return joined;
  }

  /** The value with up to three things in it changed. */
  public JsonNode json(JsonNode valid) {
    ArrayNode root = NODES.arrayNode();
    root.add(valid.deepCopy());
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      List<JsonNode> containers = new ArrayList<>();
      collect(root, containers);
      change(containers.get(random.nextInt(containers.size())));
    }
    return root.isEmpty() ? NODES.nullNode() : root.get(0);
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private void change(JsonNode container) {
    if (container instanceof ArrayNode array) {
      int place = random.nextInt(array.size() + 1);
      if (place == array.size()) {
        array.add(value());
      } else if (onceIn(3)) {
        array.remove(place);
      } else if (onceIn(3)) {
        array.insert(place, array.get(place).deepCopy());
      } else {
        array.set(place, changed(array.get(place)));
      }
    } else if (container instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      if (names.isEmpty() || onceIn(5)) {
        object.set(onceIn(2) ? text() : any("id", "page", "url", "tz", "w", "views"), value());
        return;
      }
      String name = names.get(random.nextInt(names.size()));
      if (onceIn(4)) {
        object.remove(name);
      } else if (onceIn(8)) {
        object.set(text(name), object.remove(name));
      } else {
        object.set(name, changed(object.get(name)));
      }
    }
  }

  private JsonNode changed(JsonNode valid) {
    if (valid.isTextual() && !onceIn(3)) {
      return NODES.textNode(text(valid.textValue()));
    }
    if (valid.isNumber() && !onceIn(3)) {
      return number();
    }
    return value();
  }

  private JsonNode number() {
    return switch (random.nextInt(9)) {
      case 0 -> NODES.numberNode(-1);
      case 1 -> NODES.numberNode(Integer.MAX_VALUE);
      case 2 -> NODES.numberNode(Long.MIN_VALUE + random.nextInt(2));
      case 3 -> NODES.numberNode(Long.MAX_VALUE - random.nextInt(2));
      case 4 -> NODES.numberNode(BigInteger.TEN.pow(random.nextInt(60)));
      case 5 -> NODES.numberNode(new BigDecimal("1.5"));
      case 6 -> NODES.numberNode(new BigDecimal("1e-400"));
      case 7 -> NODES.numberNode(random.nextInt());
      default -> NODES.numberNode(random.nextInt(5));
    };
  }

  private JsonNode value() {
    return switch (random.nextInt(8)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.objectNode();
      case 3 -> NODES.arrayNode();
      case 4 -> nested(1 + random.nextInt(60));
      case 5 -> number();
      default -> NODES.textNode(text());
    };
  }

  private static JsonNode nested(int levels) {
    JsonNode node = NODES.arrayNode();
    for (int i = 1; i < levels; i++) {
      node = i % 2 == 0 ? NODES.objectNode().set("a", node) : NODES.arrayNode().add(node);
    }
    return node;
  }
}
