package com.visitorcount.web;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A file as served, plain or compressed. */
public final class WebFile {
  private static final int HASH_BYTES = 6;

  private final String contentType;
  private final byte[] plain;
  private final byte[] gzip;

  WebFile(String contentType, byte[] content) {
    this.contentType = requireNonNull(contentType, "contentType");
    this.plain = content.clone();
    this.gzip = gzipped(content);
  }

  private static byte[] gzipped(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length);
    try (OutputStream out = new SmallestGzip(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The first 48 bits of the content's SHA-256, in hexadecimal. */
  String hash() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain);
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Value of the header {@code Content-Type}. */
  public String contentType() {
    return contentType;
  }

  /** The file itself, as a copy. */
  public byte[] plain() {
    return plain.clone();
  }

  /** The file for {@code Content-Encoding: gzip}, as a copy; the same bytes in every process. */
  public byte[] gzip() {
    return gzip.clone();
  }

  private static final class SmallestGzip extends GZIPOutputStream {
    SmallestGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
