package com.visitorcount.local.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown text, parsed line by line as GitHub does.
 *
 * @param prose its lines, with those within fences empty
 * @param fenced the contents of fences, fence by fence
 */
record Markdown(Path file, List<String> prose, List<String> fenced) {
  private static final Pattern FENCE = Pattern.compile(" *```.*");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
  private static final Pattern CELL_BORDER = Pattern.compile("(?<!\\\\)\\|");
  private static final Pattern DELIMITERS = Pattern.compile("\\|( *:?-+:? *\\|)+ *");

  /** A row of a table: its line number and cells. */
  record Row(int line, List<String> cells) {}

  static Markdown read(Path file) {
    try {
      return parse(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Markdown parse(Path file, String text) {
    List<String> prose = new ArrayList<>();
    List<String> fenced = new ArrayList<>();
    boolean within = false;
    for (String line : text.split("\n", -1)) {
      if (FENCE.matcher(line).matches()) {
        within = !within;
        if (within) {
          fenced.add("");
        }
        prose.add("");
      } else if (within) {
        fenced.set(fenced.size() - 1, fenced.get(fenced.size() - 1) + line + "\n");
        prose.add("");
      } else {
        prose.add(line);
      }
    }
    if (within) {
      throw new IllegalArgumentException(file + ": a fence is not closed");
    }
    return new Markdown(file, prose, fenced);
  }

  /** The anchors of its headings. */
  Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    for (String line : prose) {
      if (line.matches("#{1,6} .*")) {
        String anchor =
            line.replaceFirst("#+ +", "")
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "")
                .replace(' ', '-');
        String free = anchor;
        for (int i = 1; !anchors.add(free); i++) {
          free = anchor + "-" + i;
        }
      }
    }
    return anchors;
  }

  /** The targets of its links and pictures, not counting those in code. */
  List<String> links() {
    String text = CODE.matcher(String.join("\n", prose)).replaceAll("");
    return LINK.matcher(text).results().map(link -> link.group(1)).toList();
  }

  /** The code spans on a line. */
  static List<String> code(String line) {
    return CODE.matcher(line).results().map(match -> match.group(1)).toList();
  }

  /** The rows of the table whose header begins with these cells. */
  List<Row> table(String... header) {
    for (int i = 0; i + 1 < prose.size(); i++) {
      if (isTable(i)) {
        List<String> cells = cells(prose.get(i));
        if (cells.subList(0, Math.min(header.length, cells.size())).equals(List.of(header))) {
          return rows(i + 2);
        }
      }
    }
    throw new IllegalArgumentException(file + " has no table " + List.of(header));
  }

  /** Faults of its tables: rows without a header, or with another number of cells. */
  List<String> tableFaults() {
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < prose.size(); i++) {
      if (!isRow(i)) {
        continue;
      }
      if (!isTable(i)) {
        faults.add("%s, line %d: a row without a head".formatted(file, i + 1));
        continue;
      }
      int width = cells(prose.get(i)).size();
      List<Row> rows = rows(i + 1);
      for (Row row : rows) {
        if (row.cells().size() != width) {
          faults.add(
              "%s, line %d: %d cells instead of %d"
                  .formatted(file, row.line(), row.cells().size(), width));
        }
      }
      i += rows.size();
    }
    return faults;
  }

  private List<Row> rows(int first) {
    List<Row> rows = new ArrayList<>();
    for (int i = first; i < prose.size() && isRow(i); i++) {
      rows.add(new Row(i + 1, cells(prose.get(i))));
    }
    return rows;
  }

  private boolean isRow(int index) {
    return prose.get(index).strip().startsWith("|");
  }

  private boolean isTable(int index) {
    return isRow(index)
        && index + 1 < prose.size()
        && DELIMITERS.matcher(prose.get(index + 1).strip()).matches();
  }

  private static List<String> cells(String row) {
    String text = row.strip();
    String inner = text.substring(1, text.endsWith("|") ? text.length() - 1 : text.length());
    return Stream.of(CELL_BORDER.split(inner, -1)).map(String::strip).toList();
  }

  /** The matches of a pattern in its prose. */
  List<MatchResult> find(Pattern pattern) {
    return pattern.matcher(String.join("\n", prose)).results().toList();
  }
}
