package com.visitorcount.benchmarks;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

/** What Lambda tells a function of its call. */
record FunctionContext(int number) implements Context {
  @Override
  public String getAwsRequestId() {
    return "00000000-0000-4000-8000-" + (100_000_000_000L + number);
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/visitorcount";
  }

  @Override
  public String getLogStreamName() {
    return "2026/11/29/[$LATEST]0123456789abcdef0123456789abcdef";
  }

  @Override
  public String getFunctionName() {
    return "visitorcount";
  }

  @Override
  public String getFunctionVersion() {
    return "1";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:us-east-1:123456789012:function:visitorcount:1";
  }

  @Override
  public CognitoIdentity getIdentity() {
    throw new UnsupportedOperationException("a Function URL has none");
  }

  @Override
  public ClientContext getClientContext() {
    throw new UnsupportedOperationException("a Function URL has none");
  }

  @Override
  public int getRemainingTimeInMillis() {
    return 10_000;
  }

  @Override
  public int getMemoryLimitInMB() {
    return 512;
  }

  @Override
  public LambdaLogger getLogger() {
    throw new UnsupportedOperationException("nothing here logs by it");
  }
}
