package com.visitorcount.lake.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * A structure in Thrift's compact protocol, in which Parquet describes a file: the types that it
 * uses, field by field in the order of their numbers.
 */
final class ThriftStruct {
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int I16 = 4;
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;

  /** From this length on, a list's length does not fit beside its type. */
  private static final int LONG_LIST = 15;

  private static final int MAX_STEP = 15;

  private final ByteArrayOutputStream out;
  private int last;

  private ThriftStruct(ByteArrayOutputStream out) {
    this.out = out;
  }

  static byte[] encode(Consumer<ThriftStruct> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, fields);
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, Consumer<ThriftStruct> fields) {
    fields.accept(new ThriftStruct(out));
    out.write(0);
  }

  ThriftStruct bool(int id, boolean value) {
    return field(id, value ? TRUE : FALSE);
  }

  ThriftStruct i16(int id, int value) {
    return field(id, I16).signed(value);
  }

  ThriftStruct i32(int id, int value) {
    return field(id, I32).signed(value);
  }

  ThriftStruct i64(int id, long value) {
    return field(id, I64).signed(value);
  }

  ThriftStruct text(int id, String value) {
    return bytes(id, value.getBytes(StandardCharsets.UTF_8));
  }

  ThriftStruct bytes(int id, byte[] value) {
    return field(id, BINARY).lengthAndBytes(value);
  }

  ThriftStruct struct(int id, Consumer<ThriftStruct> fields) {
    field(id, STRUCT);
    write(out, fields);
    return this;
  }

  ThriftStruct structs(int id, Collection<? extends Consumer<ThriftStruct>> all) {
    list(id, STRUCT, all.size());
    all.forEach(fields -> write(out, fields));
    return this;
  }

  ThriftStruct i32s(int id, int... values) {
    list(id, I32, values.length);
    for (int value : values) {
      signed(value);
    }
    return this;
  }

  ThriftStruct texts(int id, String... values) {
    list(id, BINARY, values.length);
    for (String value : values) {
      lengthAndBytes(value.getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  private void list(int id, int type, int size) {
    field(id, LIST);
    if (size < LONG_LIST) {
      out.write((size << 4) | type);
    } else {
      out.write((LONG_LIST << 4) | type);
      Packing.varint(out, size);
    }
  }

  private ThriftStruct field(int id, int type) {
    int step = id - last;
    if (step < 1 || step > MAX_STEP) {
      throw new IllegalArgumentException("field " + id + " after " + last);
    }
    out.write((step << 4) | type);
    last = id;
    return this;
  }

  private ThriftStruct lengthAndBytes(byte[] value) {
    Packing.varint(out, value.length);
    out.writeBytes(value);
    return this;
  }

  private ThriftStruct signed(long value) {
    Packing.signedVarint(out, value);
    return this;
  }
}
