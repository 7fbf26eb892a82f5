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
 * JSON as it is stored: one byte for the version of its format, and the text, deflated. No longer a
 * text is read than {@value #MAX_TEXT_BYTES} bytes, which is more than a part of 64 KiB can become:
 * a deflated byte stands for 1,032 at most (RFC 1951).
 */
public final class DeflatedJson {
  /** Most bytes of a part: well within an item of DynamoDB. */
  public static final int MAX_PART_BYTES = 64 * 1_024;

  /** More of them seldom fit into a part, and it would cost much to find that out. */
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
   * The bytes of a value.
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
   * The bytes of values, in as many parts as they need: halves of halves, until each is small
   * enough, or of one value. Equal values give equal parts; none give none.
   *
   * @param version of a part's format, 1 to 127
   * @param part makes what is written of the values of a part
   */
  public static <T> List<byte[]> writeParts(
      int version, List<T> values, Function<List<T>, ?> part) {
    return writeParts(some -> version, values, part);
  }

  /**
   * The same of parts whose versions may differ.
   *
   * @param version the version of a part's format, by its values
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
   * The value of bytes.
   *
   * @param version the one that this code reads
   * @throws IllegalArgumentException if they are of another version, or not such a value's at all
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
