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
   * The value of a name.
   *
   * @param kind what is named, for the client
   * @throws InvalidQuestionException with all names, if there is none of this name
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
   * Whether a name that may be absent is the one that is wanted.
   *
   * @param names all that there are
   * @throws InvalidQuestionException as above
   */
  static boolean is(String wanted, @Nullable String name, String kind, String... names) {
    return name != null && of(name, kind, names, Function.identity()).equals(wanted);
  }
}
