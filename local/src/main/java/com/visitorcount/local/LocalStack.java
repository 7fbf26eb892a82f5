package com.visitorcount.local;

import com.visitorcount.local.site.DemoSite;
import com.visitorcount.sam.RunningStack;
import com.visitorcount.sam.StackOptions;
import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.template.Stack;
import com.visitorcount.sam.template.Template;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Handler;

/**
 * The product as described by template.yaml, running on this machine, with the demo site. Several
 * can run in one JVM.
 */
public final class LocalStack implements AutoCloseable {
  static final String INCREMENT = "IncrementFunction";
  static final String READ = "ReadFunction";

  /** Parameters for which a local run differs from the template's defaults. */
  private static final Map<String, String> LOCAL_DEFAULTS =
      Map.of("AllowedOrigins", "*", "PublicStatistics", "true", "ClientRequestsPerSecond", "0");

  private final RunningStack runner;
  private final DemoSite site;

  private LocalStack(
      LocalOptions options,
      Template template,
      Map<String, String> environment,
      Clock clock,
      boolean madeUp,
      UnaryOperator<URI> passage) {
    this.runner =
        RunningStack.start(
            template,
            new StackOptions(
                options.runner(),
                options.data(),
                Map.of(INCREMENT, options.port(1), READ, options.port(2)),
                parameters(options, template),
                environment,
                madeUp,
                passage),
            clock);
    try {
      this.site =
          DemoSite.open(
              options.port(0),
              increment(),
              read(),
              new Handler.Sequence(runner.lambdaApi(), runner.s3Api()),
              this::closeNow,
              this::verification);
    } catch (RuntimeException e) {
      runner.close();
      throw e;
    }
  }

  /**
   * Starts what the root's template.yaml describes, and returns when everything is ready.
   *
   * @throws LocalException if it cannot run, with the reason
   */
  public static LocalStack start(LocalOptions options) {
    return start(options, Template.read(options.template()));
  }

  /**
   * Starts what another template describes.
   *
   * @throws LocalException if it cannot run, with the reason
   */
  public static LocalStack start(LocalOptions options, Template template) {
    return start(options, template, Clock.systemUTC());
  }

  /**
   * Starts what a template describes, with another clock.
   *
   * @param clock the time for everything
   * @throws LocalException if it cannot run, with the reason
   */
  public static LocalStack start(LocalOptions options, Template template, Clock clock) {
    return start(options, template, System.getenv(), clock);
  }

  /**
   * Starts what a template describes for made-up views, as in {@link RunningStack#makeUp},
   * including those that an earlier run has left, and with something between the functions and
   * DynamoDB.
   *
   * @param passage turns DynamoDB's URL into the one that the functions use
   * @throws LocalException if it cannot run, with the reason
   */
  public static LocalStack startMadeUp(
      LocalOptions options, Template template, Clock clock, UnaryOperator<URI> passage) {
    return new LocalStack(options, template, System.getenv(), clock, true, passage);
  }

  static LocalStack start(
      LocalOptions options, Template template, Map<String, String> environment, Clock clock) {
    return new LocalStack(options, template, environment, clock, false, UnaryOperator.identity());
  }

  /** The template evaluated with the local defaults and the options' parameters. */
  static Stack evaluate(LocalOptions options, Template template) {
    return template.evaluate(parameters(options, template));
  }

  private static Map<String, String> parameters(LocalOptions options, Template template) {
    Map<String, String> parameters = new LinkedHashMap<>();
    LOCAL_DEFAULTS.forEach(
        (name, value) -> {
          if (template.declares(name)) {
            parameters.put(name, value);
          }
        });
    parameters.putAll(options.parameters());
    return parameters;
  }

  /** Functions, tables, streams and schedules. */
  public RunningStack runner() {
    return runner;
  }

  /** The URL of the demo site. */
  public URI site() {
    return site.address();
  }

  /** The increment function's URL, with a trailing slash. */
  public URI increment() {
    return runner.url(INCREMENT);
  }

  /** The read function's URL, with a trailing slash. */
  public URI read() {
    return runner.url(READ);
  }

  /** Returns when everything written so far is in history, and days that are over are closed. */
  public void closeNow() {
    runner.settle();
    runner.runSchedules();
  }

  /**
   * Whether the history of each page adds up to its counter, as a text with a line for each page.
   */
  public String verification() {
    String table = runner.stack().function(READ).environment().get("TABLE_NAME");
    return new Verification(runner.dynamoDbEndpoint(), String.valueOf(table), read()).report();
  }

  /** Stops everything within a few seconds, including dynalite's process. */
  @Override
  public void close() {
    try {
      site.close();
    } finally {
      runner.close();
    }
  }
}
