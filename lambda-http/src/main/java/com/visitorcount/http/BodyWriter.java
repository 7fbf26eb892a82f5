package com.visitorcount.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Collects the text of an answer while it is written, and stops as soon as Lambda would refuse the
 * answer, so that memory is bounded however long the text is.
 */
final class BodyWriter extends Writer {
  /** Compression does not speed up what fits into one packet anyway. */
  private static final int LEAST_COMPRESSED_CHARACTERS = 1_000;

  private static final int UNICODE_ESCAPE_BYTES = 6;

  /** An {@link IOException}, since Jackson wraps any other exception. */
  private static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;
  }

  private final boolean compressing;
  private final StringBuilder text = new StringBuilder();
  private long textBytes;
  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private @Nullable Writer compressor;

  private BodyWriter(boolean compressing) {
    this.compressing = compressing;
  }

  /**
   * Writes a body.
   *
   * @param compressing whether to compress it if that is worth it
   * @throws ProblemException 400 if Lambda would refuse it
   */
  static BodyWriter write(boolean compressing, HttpResponse.Content content) {
    BodyWriter body = new BodyWriter(compressing);
    try {
      content.writeTo(body);
      if (body.compressor != null) {
        body.compressor.close();
      }
      return body;
    } catch (TooLongException e) {
      throw tooLarge();
    } catch (IOException e) {
      throw new UncheckedIOException("nothing of this leaves memory", e);
    }
  }

  static ProblemException tooLarge() {
    return new ProblemException(
        ProblemType.ANSWER_TOO_LARGE,
        "The answer would exceed 6 MB. Ask for less: a smaller limit, fewer properties or"
            + " pages; or accept compression with Accept-Encoding: gzip.");
  }

  /** Whether {@link #body} is base64 of the compressed text. */
  boolean isCompressed() {
    return compressor != null;
  }

  /** The text, or base64 of the compressed text. */
  String body() {
    return isCompressed()
        ? Base64.getEncoder().encodeToString(compressed.toByteArray())
        : text.toString();
  }

  @Override
  public void write(char[] characters, int offset, int length) throws IOException {
    if (compressor == null) {
      text.append(characters, offset, length);
      for (int i = offset; i < offset + length; i++) {
        textBytes += jsonBytes(characters[i]);
      }
      if (compressing && text.length() >= LEAST_COMPRESSED_CHARACTERS) {
        compressor = new OutputStreamWriter(new GZIPOutputStream(compressed), UTF_8);
        compressor.append(text);
        text.setLength(0);
      }
    } else {
      compressor.write(characters, offset, length);
    }
    long bytes = compressor == null ? textBytes : base64Length(compressed.size());
    if (bytes > SizeLimits.MAX_ANSWER_BYTES) {
      throw new TooLongException();
    }
  }

  private static long base64Length(int bytes) {
    return (bytes + 2L) / 3 * 4;
  }

  /** Most bytes that a text takes in the JSON of a function's answer, however it is escaped. */
  static long jsonBytes(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      bytes += jsonBytes(text.charAt(i));
    }
    return bytes;
  }

  private static int jsonBytes(char c) {
    if (c < ' ' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
      return UNICODE_ESCAPE_BYTES;
    }
    if (c == '"' || c == '\\') {
      return 2;
    }
    return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
  }

  /** Does nothing: everything is in memory. */
  @Override
  public void flush() {}

  /** Does nothing: the content's writer may close it before everything is written. */
  @Override
  public void close() {}
}
