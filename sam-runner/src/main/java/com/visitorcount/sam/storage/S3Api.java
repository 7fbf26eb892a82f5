package com.visitorcount.sam.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.sam.template.Arn;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers S3's {@code PutObject}, {@code GetObject}, {@code DeleteObject} and {@code ListObjectsV2}
 * for {@link Buckets}, under {@code /s3/BUCKET/KEY}. Nobody needs a signature; what a page in a
 * browser sends is refused.
 */
public final class S3Api extends Handler.Abstract {
  /** What comes before the name of a bucket. */
  public static final String PATH = "/s3/";

  private static final Pattern OBJECT =
      Pattern.compile("/s3/([A-Za-z0-9][A-Za-z0-9.-]{1,61}[A-Za-z0-9])(?:/(.*))?");

  /** A part of a key that would be a folder above. */
  private static final Pattern UPWARDS = Pattern.compile("(^|/)\\.{0,2}(/|$)");

  private static final Pattern PREFIX = Pattern.compile("(?:^|&)prefix=([^&]*)");
  private static final int MAX_BYTES = 256 << 20;

  private final Buckets buckets;
  private final Predicate<String> mayPut;

  /**
   * @param mayPut whether a function may put an object with this ARN
   */
  public S3Api(Buckets buckets, Predicate<String> mayPut) {
    this.buckets = buckets;
    this.mayPut = mayPut;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    Matcher path = OBJECT.matcher(String.valueOf(request.getHttpURI().getPath()));
    if (!path.matches()) {
      return false;
    }
    String bucket = path.group(1);
    String key =
        URLDecoder.decode(Optional.ofNullable(path.group(2)).orElse("").replace("+", "%2B"), UTF_8);
    byte[] answer;
    if (request.getHeaders().contains(HttpHeader.ORIGIN)) {
      answer = refusal(response, 403, "AccessDenied");
    } else if (key.isEmpty() && request.getMethod().equals("GET")) {
      answer = list(bucket, String.valueOf(request.getHttpURI().getQuery()));
    } else if (key.isEmpty() || UPWARDS.matcher(key).find()) {
      answer = refusal(response, 400, "InvalidRequest");
    } else {
      answer =
          switch (request.getMethod()) {
            case "PUT" -> put(request, response, bucket, key);
            case "GET" -> get(response, bucket, key);
            case "DELETE" -> delete(response, bucket, key);
            default -> refusal(response, 405, "MethodNotAllowed");
          };
    }
    response.write(true, ByteBuffer.wrap(answer), callback);
    return true;
  }

  private byte[] put(Request request, Response response, String bucket, String key)
      throws IOException {
    if (!mayPut.test(Arn.ofBucket(bucket) + "/" + key)) {
      return refusal(response, 403, "AccessDenied");
    }
    byte[] content;
    try (InputStream body = Request.asInputStream(request)) {
      content = body.readNBytes(MAX_BYTES + 1);
    }
    if (content.length > MAX_BYTES) {
      return refusal(response, 400, "EntityTooLarge");
    }
    buckets.put(bucket, key, content);
    return new byte[0];
  }

  private byte[] get(Response response, String bucket, String key) throws IOException {
    Optional<Path> object = buckets.object(bucket, key);
    return object.isPresent()
        ? Files.readAllBytes(object.get())
        : refusal(response, 404, "NoSuchKey");
  }

  private byte[] delete(Response response, String bucket, String key) throws IOException {
    Optional<Path> object = buckets.object(bucket, key);
    if (object.isPresent()) {
      Files.delete(object.get());
    }
    response.setStatus(204);
    return new byte[0];
  }

  /** All in one answer, however many there are. */
  private byte[] list(String bucket, String query) throws IOException {
    Matcher asked = PREFIX.matcher(query);
    String prefix = asked.find() ? URLDecoder.decode(asked.group(1), UTF_8) : "";
    StringBuilder contents = new StringBuilder();
    for (Path object : buckets.objects(bucket)) {
      String key = buckets.key(bucket, object);
      if (key.startsWith(prefix)) {
        contents.append(
            "<Contents><Key>%s</Key><Size>%d</Size><LastModified>%s</LastModified></Contents>"
                .formatted(
                    key.replace("&", "&amp;").replace("<", "&lt;"),
                    Files.size(object),
                    Instant.EPOCH));
      }
    }
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><Name>%s</Name>"
            + "<IsTruncated>false</IsTruncated>%s</ListBucketResult>")
        .formatted(bucket, contents)
        .getBytes(UTF_8);
  }

  private static byte[] refusal(Response response, int status, String code) {
    response.setStatus(status);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code></Error>"
        .formatted(code)
        .getBytes(UTF_8);
  }
}
