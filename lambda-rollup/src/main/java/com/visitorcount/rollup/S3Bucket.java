package com.visitorcount.rollup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.visitorcount.lake.LakeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * A bucket of S3 into which objects are put, each whole or not at all. It takes the SDK's signer
 * and HTTP client, and not its client of S3, which would make the function's jar 4.6 MB larger.
 */
final class S3Bucket implements LakeFiles.Store {
  private static final int ATTEMPTS = 4;
  private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(200).toNanos();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** S3 answers after it has stored the object. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

  private static final int TOO_MANY = 429;
  private static final int FIRST_SERVER_FAULT = 500;
  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,64})</Code>");

  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final URI bucket;
  private final String region;
  private final LongConsumer pause;

  /**
   * @param bucket its address, with a slash at the end
   * @param pause waits for some nanoseconds
   */
  S3Bucket(
      SdkHttpClient http,
      AwsCredentialsProvider credentials,
      URI bucket,
      String region,
      LongConsumer pause) {
    this.http = requireNonNull(http, "http");
    this.credentials = requireNonNull(credentials, "credentials");
    this.bucket = requireNonNull(bucket, "bucket");
    this.region = requireNonNull(region, "region");
    this.pause = requireNonNull(pause, "pause");
  }

  /** The same, for the life of the process, with the credentials of the function's role. */
  static S3Bucket open(URI bucket, String region) {
    SdkHttpClient http =
        Apache5HttpClient.builder()
            .connectionTimeout(CONNECT_TIMEOUT)
            .socketTimeout(ANSWER_TIMEOUT)
            .build();
    return new S3Bucket(
        http, DefaultCredentialsProvider.builder().build(), bucket, region, LockSupport::parkNanos);
  }

  /** A refusal that another attempt would get as well. */
  private static final class RefusedException extends IOException {
    RefusedException(String message) {
      super(message);
    }
  }

  @Override
  public void put(String key, byte[] content) throws IOException {
    IOException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (last != null) {
        pause.accept(FIRST_PAUSE_NANOS << (attempt - 1));
      }
      try {
        putOnce(key, content);
        return;
      } catch (RefusedException e) {
        throw e;
      } catch (IOException e) {
        last = e;
      } catch (SdkException e) {
        last = new IOException(e);
      }
    }
    throw requireNonNull(last);
  }

  private void putOnce(String key, byte[] content) throws IOException {
    ContentStreamProvider payload = ContentStreamProvider.fromByteArrayUnsafe(content);
    SignedRequest signed = sign(key, content, payload);
    HttpExecuteResponse answer =
        http.prepareRequest(
                HttpExecuteRequest.builder()
                    .request(signed.request())
                    .contentStreamProvider(signed.payload().orElse(payload))
                    .build())
            .call();
    String text = "";
    if (answer.responseBody().isPresent()) {
      try (InputStream body = answer.responseBody().get()) {
        text = new String(body.readAllBytes(), UTF_8);
      }
    }
    int status = answer.httpResponse().statusCode();
    if (!answer.httpResponse().isSuccessful()) {
      Matcher code = CODE.matcher(text);
      String message = "S3 answered " + status + (code.find() ? " " + code.group(1) : "");
      throw status == TOO_MANY || status >= FIRST_SERVER_FAULT
          ? new IOException(message)
          : new RefusedException(message);
    }
  }

  private SignedRequest sign(String key, byte[] content, ContentStreamProvider payload) {
    CRC32 crc = new CRC32();
    crc.update(content);
    byte[] checksum = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .uri(bucket.resolve(path(key)))
            .method(SdkHttpMethod.PUT)
            .putHeader("content-length", Integer.toString(content.length))
            .putHeader("content-type", "application/vnd.apache.parquet")
            .putHeader("x-amz-checksum-crc32", Base64.getEncoder().encodeToString(checksum))
            .build();
    return signer.sign(
        sign ->
            sign.identity(credentials.resolveCredentials())
                .request(request)
                .payload(payload)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false));
  }

  /** A key as it stands in an address. */
  private static String path(String key) {
    return URLEncoder.encode(key, UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
