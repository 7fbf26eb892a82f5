package com.visitorcount.history.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The stored form of JSON: one byte for the version of its format, then the deflated text. Texts
 * longer than {@value #MAX_TEXT_BYTES} bytes are refused; that is more than a part of 64 KiB can
 * become, since a deflated byte stands for at most 1,032 bytes (RFC 1951).
 */
public final class DeflatedJson {
  /** Most bytes of a part: well within DynamoDB's item size. */
  public static final int MAX_PART_BYTES = 64 * 1_024;

  /** More seldom fit into a part, and finding that out is expensive. */
  private static final int MAX_PART_VALUES = 20_000;

  static final int MAX_TEXT_BYTES = 72 * 1_024 * 1_024;

  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxDocumentLength(MAX_TEXT_BYTES).build())
              .build());

  private DeflatedJson() {}

  /**
   * Encodes a value.
   *
   * @param version of the value's format, 1 to 127
   */
  public static byte[] write(int version, Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(version);
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(JSON.writeValueAsBytes(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  /**
   * Encodes values in as many parts as they need, halving until each part is small enough or has
   * one value. Equal values give equal parts; no values give no parts.
   *
   * @param version of a part's format, 1 to 127
   * @param part makes the object to write from a part's values
   */
  public static <T> List<byte[]> writeParts(
      int version, List<T> values, Function<List<T>, ?> part) {
    return writeParts(some -> version, values, part);
  }

  /**
   * Encodes values in parts whose versions may differ.
   *
   * @param version gives the version of a part's format for its values
   */
  static <T> List<byte[]> writeParts(
      ToIntFunction<List<T>> version, List<T> values, Function<List<T>, ?> part) {
    List<byte[]> parts = new ArrayList<>();
    writeParts(version, values, part, parts);
    return parts;
  }

  private static <T> void writeParts(
      ToIntFunction<List<T>> version,
      List<T> values,
      Function<List<T>, ?> part,
      List<byte[]> parts) {
    if (values.isEmpty()) {
      return;
    }
    if (values.size() <= MAX_PART_VALUES) {
      byte[] bytes = write(version.applyAsInt(values), part.apply(values));
      if (bytes.length <= MAX_PART_BYTES || values.size() == 1) {
        parts.add(bytes);
        return;
      }
    }
    int middle = values.size() / 2;
    writeParts(version, values.subList(0, middle), part, parts);
    writeParts(version, values.subList(middle, values.size()), part, parts);
  }

  /**
   * Decodes a value.
   *
   * @param version the version that this code reads
   * @throws IllegalArgumentException if the bytes have another version or are no such value
   */
  public static <T> T read(int version, byte[] bytes, Class<T> type) {
    ByteArrayInputStream all = new ByteArrayInputStream(bytes);
    int found = all.read();
    if (found != version) {
      throw new IllegalArgumentException(
          type.getSimpleName() + " of version " + found + " cannot be read");
    }
    Inflater inflater = new Inflater(true);
    try (InputStream in = new InflaterInputStream(all, inflater)) {
      T value = JSON.readValue(in, type);
      if (value != null) {
        return value;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("these bytes are no " + type.getSimpleName(), e);
    } finally {
      inflater.end();
    }
    throw new IllegalArgumentException("these bytes are null, and no " + type.getSimpleName());
  }
}
