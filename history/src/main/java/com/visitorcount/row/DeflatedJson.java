package com.visitorcount.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
