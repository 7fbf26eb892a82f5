package com.visitorcount.sam.function;

import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.role.Caller;
import com.visitorcount.sam.template.Arn;
import com.visitorcount.sam.template.FunctionResource;
import java.lang.reflect.InvocationTargetException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * A function of the template, ready to be invoked. Lambda gives each sandbox one request at a time;
 * here all requests share one handler, 16 concurrently and the others queued, which is correct for
 * handlers that keep nothing of a request.
 */
public final class LambdaFunction {
  /** More would share the same few cores and only take longer, possibly until they time out. */
  private static final int MAX_AT_ONCE = 16;

  private final FunctionResource resource;
  private final Handler handler;
  private final Caller caller;
  private final Clock clock;
  private final Semaphore concurrency;
  private final Semaphore atOnce = new Semaphore(MAX_AT_ONCE, true);

  private LambdaFunction(FunctionResource resource, Handler handler, Caller caller, Clock clock) {
    this.resource = resource;
    this.handler = handler;
    this.caller = caller;
    this.clock = clock;
    this.concurrency = new Semaphore(resource.reservedConcurrency().orElse(Integer.MAX_VALUE));
  }

  /**
   * Loads the function's handler, with the template's environment and what Lambda adds to it.
   *
   * @param clock the function's clock
   * @throws LocalException if it does not start
   */
  public static LambdaFunction load(FunctionResource resource, Clock clock) {
    return load(resource, Map.of(), clock);
  }

  /**
   * Loads the function's handler in an environment with more variables.
   *
   * @param endpoints where services are that are not AWS's, by the names of the SDK's variables
   * @throws LocalException as above
   */
  public static LambdaFunction load(
      FunctionResource resource, Map<String, String> endpoints, Clock clock) {
    Map<String, String> environment = new HashMap<>(resource.environment());
    environment.putAll(endpoints);
    environment.put("AWS_LAMBDA_FUNCTION_NAME", resource.id());
    environment.put("AWS_REGION", Arn.REGION);
    Caller caller = new Caller(resource.id(), resource.role());
    Handler handler =
        caller.act(() -> Handler.load(resource.handler(), Map.copyOf(environment), clock));
    return new LambdaFunction(resource, handler, caller, clock);
  }

  /**
   * Invokes the function once.
   *
   * @param event JSON
   * @return JSON
   * @throws ThrottledException if its reserved concurrency is used up
   * @throws FunctionFailedException if it throws
   */
  public byte[] invoke(byte[] event) {
    if (!concurrency.tryAcquire()) {
      throw new ThrottledException(resource.id());
    }
    atOnce.acquireUninterruptibly();
    try {
      return caller.act(() -> handle(event));
    } finally {
      atOnce.release();
      concurrency.release();
    }
  }

  private byte[] handle(byte[] event) {
    try {
      return handler.handle(event, new Invocation(resource, clock));
    } catch (InvocationTargetException e) {
      throw new FunctionFailedException(resource.id(), e.getTargetException());
    }
  }

  /** The IAM actions that the function has requested so far. */
  public Set<String> calls() {
    return caller.actions();
  }
}
