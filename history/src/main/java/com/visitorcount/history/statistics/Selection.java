package com.visitorcount.history.statistics;

import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.Part;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The views of a part that a question selects. */
final class Selection {
  /** All views. */
  static final Selection ALL = new Selection(null, null);

  private final boolean @Nullable [] visits;
  private final boolean @Nullable [] rows;

  /**
   * @param visits whether each visit may be selected; null if all may
   * @param rows whether each row may be selected; null if all may
   */
  private Selection(boolean @Nullable [] visits, boolean @Nullable [] rows) {
    this.visits = visits;
    this.rows = rows;
  }

  boolean hasVisit(int visit) {
    return visits == null || visits[visit];
  }

  boolean hasRow(int row) {
    return rows == null || rows[row];
  }

  /**
   * How many rows of a visit are selected.
   *
   * @param first the first row of the visit
   * @param count number of its rows
   */
  int count(int visit, int first, int count) {
    int asked = count;
    if (rows != null) {
      asked = 0;
      for (int row = first; row < first + count; row++) {
        asked += rows[row] ? 1 : 0;
      }
    }
    return hasVisit(visit) ? asked : 0;
  }

  /** Selects the views of a question, part by part. Not safe for use by several threads. */
  static final class Selector {
    private final Question question;
    private final List<Condition> conditions;

    Selector(Question question) {
      this.question = question;
      this.conditions = question.filters().stream().map(Condition::new).toList();
    }

    /** The groups of columns needed to select views of a day. */
    Set<Group> groups(LocalDate utcDay) {
      Set<Group> groups = EnumSet.of(Group.VISITS);
      if (!question.hasWhole(utcDay)) {
        groups.add(Group.TIMES);
      }
      for (Condition condition : conditions) {
        groups.addAll(Values.groupsOf(condition.attribute.dimension()));
      }
      return groups;
    }

    /** Whether a day may have selected views, as far as its summary tells. */
    boolean mayHave(Summary summary) {
      return conditions.stream().allMatch(condition -> condition.mayHave(summary));
    }

    /** The selected views of a part, null if there are none. */
    @Nullable Selection of(Part part) {
      boolean[] visits = null;
      boolean[] rows = period(part);
      for (Condition condition : conditions) {
        Values values = Values.of(part, condition.attribute, question.zone());
        boolean[] accepted = condition.accepted(values.texts());
        int count = count(accepted);
        if (count == 0) {
          return null;
        }
        if (count == accepted.length) {
          continue;
        }
        if (values.ofRows()) {
          rows = both(rows, accepted, values.places());
        } else {
          visits = both(visits, accepted, values.places());
        }
      }
      return new Selection(visits, rows);
    }

    private boolean @Nullable [] period(Part part) {
      if (question.hasWhole(part.day())) {
        return null;
      }
      long start = question.start().getEpochSecond() - part.midnight();
      long end = question.end().getEpochSecond() - part.midnight();
      int[] seconds = part.secondByRow();
      boolean[] rows = new boolean[seconds.length];
      for (int row = 0; row < rows.length; row++) {
        rows[row] = seconds[row] >= start && seconds[row] < end;
      }
      return rows;
    }

    private static int count(boolean[] accepted) {
      int count = 0;
      for (boolean one : accepted) {
        count += one ? 1 : 0;
      }
      return count;
    }

    private static boolean[] both(boolean @Nullable [] before, boolean[] accepted, int[] places) {
      boolean[] both = new boolean[places.length];
      for (int i = 0; i < both.length; i++) {
        both[i] = accepted[places[i]] && (before == null || before[i]);
      }
      return both;
    }
  }

  /** A filter that tests each value once, however many parts have it. */
  private static final class Condition {
    private static final int MAX_KNOWN = 100_000;

    private final Attribute attribute;
    private final Predicate<String> accepts;
    private final Map<String, Boolean> known = new HashMap<>();

    Condition(Filter filter) {
      this.attribute = filter.attribute();
      this.accepts = filter.condition();
    }

    /** Few days have the event that a filter asks for, and their summaries name it. */
    boolean mayHave(Summary summary) {
      Dimension dimension = attribute.dimension();
      if (dimension != Dimension.EVENT && dimension != Dimension.PROPERTY) {
        return true;
      }
      Split split = summary.split(dimension);
      return split == null || split.isCut() || split.values().keySet().stream().anyMatch(accepts);
    }

    boolean[] accepted(String[] texts) {
      if (known.size() > MAX_KNOWN) {
        known.clear();
      }
      boolean[] accepted = new boolean[texts.length];
      for (int i = 0; i < texts.length; i++) {
        accepted[i] = known.computeIfAbsent(texts[i], accepts::test);
      }
      return accepted;
    }
  }
}
