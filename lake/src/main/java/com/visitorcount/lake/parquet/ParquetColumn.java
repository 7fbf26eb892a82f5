package com.visitorcount.lake.parquet;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A column of rows: its name, its type, and where in a row its value is.
 *
 * @param <R> the rows
 */
public final class ParquetColumn<R> {
  /** Stands for no value in a column of optional numbers. */
  public static final long NONE = Long.MIN_VALUE;

  /** Parquet's types, as far as they are used, with their numbers and sizes. */
  enum Type {
    BOOLEAN(0, 1),
    INT32(1, 4),
    INT64(2, 8),
    BYTE_ARRAY(6, 0);

    final int code;
    final int bytes;

    Type(int code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }
  }

  /** What a value of a type means; old readers know a number for it, others a structure. */
  enum Meaning {
    PLAIN(-1),
    TEXT(0),
    MILLISECONDS(9);

    final int converted;

    Meaning(int converted) {
      this.converted = converted;
    }

    void describe(ThriftStruct element) {
      Consumer<ThriftStruct> nothing = empty -> {};
      switch (this) {
        case PLAIN -> {}
        case TEXT -> element.struct(10, type -> type.struct(1, nothing));
        case MILLISECONDS ->
            element.struct(
                10,
                type ->
                    type.struct(
                        8,
                        timestamp -> timestamp.bool(1, true).struct(2, u -> u.struct(1, nothing))));
      }
    }
  }

  private final String name;
  private final Type type;
  private final Meaning meaning;
  private final boolean isOptional;
  private final @Nullable Function<R, String> text;
  private final @Nullable ToLongFunction<R> number;

  private ParquetColumn(
      String name,
      Type type,
      Meaning meaning,
      boolean isOptional,
      @Nullable Function<R, String> text,
      @Nullable ToLongFunction<R> number) {
    this.name = requireNonNull(name, "name");
    this.type = type;
    this.meaning = meaning;
    this.isOptional = isOptional;
    this.text = text;
    this.number = number;
  }

  /** Text; empty text is no value. */
  public static <R> ParquetColumn<R> text(String name, Function<R, String> value) {
    return new ParquetColumn<>(name, Type.BYTE_ARRAY, Meaning.TEXT, true, value, null);
  }

  public static <R> ParquetColumn<R> bool(String name, Predicate<R> value) {
    return new ParquetColumn<>(
        name, Type.BOOLEAN, Meaning.PLAIN, false, null, row -> value.test(row) ? 1 : 0);
  }

  /** Whole numbers of 32 bits, or {@link #NONE}. */
  public static <R> ParquetColumn<R> optionalInt32(String name, ToLongFunction<R> value) {
    return new ParquetColumn<>(name, Type.INT32, Meaning.PLAIN, true, null, value);
  }

  public static <R> ParquetColumn<R> int64(String name, ToLongFunction<R> value) {
    return new ParquetColumn<>(name, Type.INT64, Meaning.PLAIN, false, null, value);
  }

  /** Times, in milliseconds since the epoch. */
  public static <R> ParquetColumn<R> time(String name, ToLongFunction<R> value) {
    return new ParquetColumn<>(name, Type.INT64, Meaning.MILLISECONDS, false, null, value);
  }

  String name() {
    return name;
  }

  Type type() {
    return type;
  }

  Meaning meaning() {
    return meaning;
  }

  boolean isOptional() {
    return isOptional;
  }

  boolean isText() {
    return text != null;
  }

  String text(R row) {
    return requireNonNull(text).apply(row);
  }

  long number(R row) {
    return requireNonNull(number).applyAsLong(row);
  }
}
