package com.visitorcount.counter;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Answers every call to DynamoDB itself, always with the same answer. */
final class RehearsalHttpClient implements SdkHttpClient {
  /** Has what an answer to any of the calls needs; the SDK ignores the rest. */
  private static final byte[] ANSWER =
      """
      {"Attributes":{"views":{"N":"1"},"salt":{"B":"%s="}},
      "Item":{"id":{"S":"main_page"},"views":{"N":"1"}},"Responses":{},"UnprocessedKeys":{},"Items":[],"Count":0}\
      """
          // 32 bytes, as a salt has
          .formatted("A".repeat(43))
          .getBytes(StandardCharsets.UTF_8);

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        return HttpExecuteResponse.builder()
            .response(
                SdkHttpResponse.builder()
                    .statusCode(200)
                    .putHeader("content-type", "application/x-amz-json-1.0")
                    .build())
            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(ANSWER)))
            .build();
      }

      @Override
      public void abort() {
        // already finished
      }
    };
  }

  @Override
  public void close() {
    // nothing to close
  }
}
