package com.visitorcount.read.statistics;

import com.visitorcount.history.statistics.InvalidQuestionException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One of a few names that a client may send. */
final class Choice {
  private Choice() {}

  /**
   * The value with a name.
   *
   * @param kind what the name is for, in messages to the client
   * @throws InvalidQuestionException for an unknown name, listing all names
   */
  static <T> T of(String name, String kind, T[] values, Function<T, String> names) {
    for (T value : values) {
      if (names.apply(value).equals(name)) {
        return value;
      }
    }
    throw new InvalidQuestionException(
        "There is no such "
            + kind
            + "; there are "
            + Arrays.stream(values).map(names).collect(Collectors.joining(", "))
            + ".");
  }

  /**
   * Whether an optional name is a given one.
   *
   * @param names all valid names
   * @throws InvalidQuestionException as above
   */
  static boolean is(String wanted, @Nullable String name, String kind, String... names) {
    return name != null && of(name, kind, names, Function.identity()).equals(wanted);
  }
}
