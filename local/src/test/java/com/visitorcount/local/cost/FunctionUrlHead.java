package com.visitorcount.local.cost;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Status line and headers of a Function URL's answer over HTTP/1.1: the function's and CORS headers
 * as they are here, plus what Lambda was observed to add.
 */
final class FunctionUrlHead {
  private static final String LAMBDA =
      String.join(
          "\r\n",
          "HTTP/1.1 200 OK",
          "Date: Sat, 28 Nov 2026 12:00:00 GMT",
          "Connection: keep-alive",
          "x-amzn-RequestId: 5ef4c0e1-1f8e-4379-ae61-867c4119e0c9",
          "X-Amzn-Trace-Id: Root=1-64f7ba59-40378aa81e4eecc34002f96a;Parent=3c2f1a90b7d4e865;"
              + "Sampled=0;Lineage=1:9a3f0624:0",
          "",
          "");

  /** Headers of the local server, in place of Lambda's. */
  private static final Set<String> LOCAL = Set.of("date", "server", "connection", ":status");

  private FunctionUrlHead() {}

  /**
   * @param headers of an answer here, by name
   */
  static int bytes(Map<String, List<String>> headers) {
    int bytes = LAMBDA.length();
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (!LOCAL.contains(header.getKey())) {
        for (String value : header.getValue()) {
          bytes += header.getKey().length() + ": ".length() + value.length() + "\r\n".length();
        }
      }
    }
    return bytes;
  }
}
