package com.visitorcount.sam.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.sam.function.FunctionFailedException;
import com.visitorcount.sam.function.LambdaFunction;
import com.visitorcount.sam.function.ThrottledException;
import com.visitorcount.sam.template.Arn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code Invoke} of Lambda's API for the template's functions, by their logical ids, so
 * that {@code aws lambda invoke --endpoint-url} works here. Only synchronous invocations, without
 * signatures; requests from pages in a browser are refused.
 */
public final class LambdaApi extends Handler.Abstract {
  private static final Pattern INVOKE =
      Pattern.compile("/2015-03-31/functions/([A-Za-z0-9]{1,64})/invocations");

  private static final int MAX_PAYLOAD_BYTES = 6_291_556;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, LambdaFunction> functions;

  /**
   * @param functions by logical id
   */
  public LambdaApi(Map<String, LambdaFunction> functions) {
    this.functions = Map.copyOf(functions);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    Matcher path = INVOKE.matcher(String.valueOf(request.getHttpURI().getPath()));
    if (!request.getMethod().equals("POST") || !path.matches()) {
      return false;
    }
    byte[] payload;
    try (InputStream content = Request.asInputStream(request)) {
      payload = content.readNBytes(MAX_PAYLOAD_BYTES + 1);
    }
    @Nullable LambdaFunction function = functions.get(path.group(1));
    String type = request.getHeaders().get("X-Amz-Invocation-Type");
    byte[] answer;
    if (request.getHeaders().contains(HttpHeader.ORIGIN)) {
      answer = refusal(response, 403, "AccessDeniedException", "Not for pages in a browser");
    } else if (function == null) {
      answer =
          refusal(
              response,
              404,
              "ResourceNotFoundException",
              "Function not found: " + Arn.ofFunction(path.group(1)));
    } else if (type != null && !type.equals("RequestResponse")) {
      answer =
          refusal(
              response,
              400,
              "InvalidParameterValueException",
              "sam-runner knows the invocation type RequestResponse alone");
    } else if (payload.length > MAX_PAYLOAD_BYTES) {
      answer =
          refusal(
              response,
              413,
              "RequestTooLargeException",
              "Request must be smaller than %d bytes for the InvokeFunction operation"
                  .formatted(MAX_PAYLOAD_BYTES));
    } else {
      answer = invoke(function, payload, response);
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(answer), callback);
    return true;
  }

  private static byte[] invoke(LambdaFunction function, byte[] payload, Response response)
      throws IOException {
    try {
      byte[] answer = function.invoke(payload);
      response.getHeaders().put("X-Amz-Executed-Version", "$LATEST");
      return answer;
    } catch (ThrottledException e) {
      return refusal(response, 429, "TooManyRequestsException", "Rate Exceeded.");
    } catch (FunctionFailedException e) {
      Throwable cause = e.getCause();
      response.getHeaders().put("X-Amz-Function-Error", "Unhandled");
      return JSON.writeValueAsBytes(
          Map.of(
              "errorMessage", String.valueOf(cause == null ? null : cause.getMessage()),
              "errorType", String.valueOf(cause == null ? null : cause.getClass().getName())));
    } catch (RuntimeException e) {
      return refusal(
          response, 400, "InvalidRequestContentException", "The payload is not an event: " + e);
    }
  }

  private static byte[] refusal(Response response, int status, String type, String message)
      throws IOException {
    response.setStatus(status);
    response.getHeaders().put("x-amzn-ErrorType", type);
    return JSON.writeValueAsString(Map.of("Type", "User", "message", message)).getBytes(UTF_8);
  }
}
