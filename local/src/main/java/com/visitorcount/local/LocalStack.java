package com.visitorcount.local;

import com.visitorcount.local.site.DemoSite;
import com.visitorcount.sam.database.Dynalite;
import com.visitorcount.sam.database.RequestUnits;
import com.visitorcount.sam.database.Tables;
import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.function.Invoker;
import com.visitorcount.sam.function.LambdaFunction;
import com.visitorcount.sam.lambda.LambdaApi;
import com.visitorcount.sam.schedule.ScheduledWork;
import com.visitorcount.sam.schedule.Schedules;
import com.visitorcount.sam.schedule.Ticker;
import com.visitorcount.sam.storage.Buckets;
import com.visitorcount.sam.stream.FailedBatch;
import com.visitorcount.sam.stream.TableStreams;
import com.visitorcount.sam.template.FunctionResource;
import com.visitorcount.sam.template.FunctionUrlConfig;
import com.visitorcount.sam.template.Stack;
import com.visitorcount.sam.template.TableResource;
import com.visitorcount.sam.template.Template;
import com.visitorcount.sam.url.FunctionUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The product as template.yaml describes it, running on this machine: a DynamoDB with its tables,
 * the functions behind their URLs, and the demo site. Several may run in one JVM.
 *
 * <p>The JVM needs the environment of a Lambda function: Powertools, the EMF library and the AWS
 * SDK read theirs from nowhere else.
 */
public final class LocalStack implements AutoCloseable {
  static final String INCREMENT = "IncrementFunction";
  static final String READ = "ReadFunction";
  static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_DYNAMODB";

  private static final Logger LOG = LoggerFactory.getLogger(LocalStack.class);
  private static final String EXPIRY_SCHEDULE = "rate(1 hour)";
  private static final String ENDPOINT_PROPERTY = "aws.endpointUrlDynamoDb";

  /** Where a local run differs from the template's own defaults. */
  private static final Map<String, String> LOCAL_DEFAULTS =
      Map.of("AllowedOrigins", "*", "PublicStatistics", "true", "ClientRequestsPerSecond", "0");

  private final Stack stack;
  private final Clock clock;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private final URI dynamoDbEndpoint;
  private final Buckets buckets;
  private final @Nullable Dynalite dynalite;
  private final @Nullable TableStreams streams;
  private final Map<String, LambdaFunction> functions;
  private final Map<String, Invoker> disturbed = new ConcurrentHashMap<>();
  private final Schedules schedules;
  private final URI increment;
  private final URI read;
  private final URI site;

  private LocalStack(
      LocalOptions options,
      Template template,
      Map<String, String> environment,
      Clock clock,
      boolean madeUp,
      UnaryOperator<URI> passage) {
    this.clock = clock;
    try {
      FunctionUrl incrementUrl = opened(FunctionUrl.bind(options.port(1)));
      FunctionUrl readUrl = opened(FunctionUrl.bind(options.port(2)));
      this.increment = incrementUrl.address();
      this.read = readUrl.address();
      this.stack =
          template.evaluate(
              parameters(options, template), Map.of(INCREMENT, increment, READ, read));
      this.dynalite = openDynalite(options, environment);
      this.dynamoDbEndpoint =
          dynalite == null ? URI.create(environment.get(ENDPOINT_VARIABLE)) : dynalite.endpoint();
      this.functions = load(stack, dynamoDbEndpoint, passage.apply(dynamoDbEndpoint), clock);
      this.buckets = opened(Buckets.open(options.data()));
      this.streams =
          dynalite == null
              ? null
              : opened(
                  TableStreams.start(
                      dynalite.tap(), stack, this::invocation, clock, buckets, madeUp));
      this.schedules = Schedules.of(stack, this::invocation, clock);
      serve(incrementUrl, INCREMENT);
      serve(readUrl, READ);
      this.site =
          opened(
                  DemoSite.open(
                      options.port(0),
                      increment,
                      read,
                      new LambdaApi(functions),
                      this::closeNow,
                      this::verification))
              .address();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts what the root's template.yaml describes, and returns when all of it can be used.
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
   * Starts what a template describes, at another time than now.
   *
   * @param clock what time it is for all of it
   * @throws LocalException if it cannot run, with the reason
   */
  public static LocalStack start(LocalOptions options, Template template, Clock clock) {
    return start(options, template, System.getenv(), clock);
  }

  /**
   * Starts what a template describes for views that are made up, as by {@link #makeUp}, those that
   * an earlier run has left among them; with something between the functions and their DynamoDB.
   *
   * @param passage makes of DynamoDB's address the one that the functions are given
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

  /** The template with the local defaults and the parameters of the options. */
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

  /** Null: the environment names another DynamoDB. */
  private @Nullable Dynalite openDynalite(LocalOptions options, Map<String, String> environment) {
    @Nullable String other = environment.get(ENDPOINT_VARIABLE);
    if (other == null) {
      return opened(
          Dynalite.start(options.runner(), options.data(), TableStreams.read(stack), limits()));
    }
    LOG.warn("The streams of {} are not read here: no view becomes history", other);
    return null;
  }

  private Map<String, TableResource.Limits> limits() {
    Map<String, TableResource.Limits> limits = new LinkedHashMap<>();
    for (TableResource table : stack.tables()) {
      table.limits().ifPresent(its -> limits.put(table.name(), its));
    }
    return limits;
  }

  /**
   * Makes the tables and loads the functions, one stack after the other: this property is the one
   * way to tell the clients that the handlers make for themselves where their DynamoDB is.
   *
   * @param endpoint where the tables are
   * @param ofFunctions where the functions look for them
   */
  private static synchronized Map<String, LambdaFunction> load(
      Stack stack, URI endpoint, URI ofFunctions, Clock clock) {
    @Nullable String before = System.setProperty(ENDPOINT_PROPERTY, ofFunctions.toString());
    try (DynamoDbClient client = DynamoDbClient.builder().endpointOverride(endpoint).build()) {
      Tables.create(client, stack.tables());
      Map<String, LambdaFunction> functions = new LinkedHashMap<>();
      for (FunctionResource function : stack.functions()) {
        functions.put(function.id(), LambdaFunction.load(function, clock));
      }
      return functions;
    } catch (SdkException e) {
      throw new LocalException(
          "The DynamoDB at " + endpoint + " cannot be used: " + e.getMessage() + ".", e);
    } finally {
      if (before == null) {
        System.clearProperty(ENDPOINT_PROPERTY);
      } else {
        System.setProperty(ENDPOINT_PROPERTY, before);
      }
    }
  }

  private void serve(FunctionUrl url, String functionId) {
    @Nullable FunctionUrlConfig config = stack.function(functionId).url();
    if (config == null) {
      throw new LocalException("The template's " + functionId + " has no FunctionUrlConfig.");
    }
    url.serve(function(functionId), config, clock);
  }

  /** An invocation by a stream or a schedule. */
  private Invoker invocation(String id) {
    LambdaFunction function = function(id);
    return event -> disturbed.getOrDefault(id, function::invoke).invoke(event);
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  private LambdaFunction function(String id) {
    @Nullable LambdaFunction function = functions.get(id);
    if (function == null) {
      throw new IllegalArgumentException("There is no function " + id);
    }
    return function;
  }

  /** The demo site. */
  public URI site() {
    return site;
  }

  /** The increment function's URL, with a slash at the end. */
  public URI increment() {
    return increment;
  }

  /** The read function's URL, with a slash at the end. */
  public URI read() {
    return read;
  }

  /** Where an SDK client finds the tables. What it does there is not held to any role. */
  public URI dynamoDbEndpoint() {
    return dynamoDbEndpoint;
  }

  /**
   * The IAM actions that a function has asked for so far, refused ones too, such as {@code
   * dynamodb:UpdateItem}.
   *
   * @param functionLogicalId as in the template
   */
  public Set<String> callsOf(String functionLogicalId) {
    return function(functionLogicalId).calls();
  }

  /**
   * Puts something between a function and the streams and schedules that invoke it: it may invoke
   * it twice, not at all, or lose its answer.
   *
   * @param functionLogicalId as in the template
   * @param disturbance makes of the undisturbed invocation the one that is used from now on
   */
  public void disturb(String functionLogicalId, UnaryOperator<Invoker> disturbance) {
    LambdaFunction function = function(functionLogicalId);
    disturbed.put(functionLogicalId, disturbance.apply(function::invoke));
  }

  /**
   * Invokes a function once, as nobody else does.
   *
   * @param functionLogicalId as in the template
   * @param event JSON
   * @return JSON
   * @throws RuntimeException what the invocation throws
   */
  public byte[] invoke(String functionLogicalId, byte[] event) {
    return function(functionLogicalId).invoke(event);
  }

  /**
   * Says whether the views that come are made up: each is then written at the time at which it is
   * said to have happened.
   */
  public void makeUp(boolean views) {
    if (streams != null) {
      streams.makeUp(views);
    }
  }

  /**
   * Returns when the functions that read streams have handled, or given up, every write so far.
   * Call it before you move the clock: a write gets its time when the stream is read, and one that
   * is older than the template allows by then is given up.
   *
   * @throws IllegalStateException if that takes minutes
   */
  public void settle() {
    if (streams != null) {
      streams.settle();
    }
  }

  /** What functions that read streams gave up. */
  public List<FailedBatch> failedBatches() {
    return streams == null ? List.of() : streams.failedBatches();
  }

  /** The objects in a bucket of the template, as files. */
  public List<Path> objects(String bucketLogicalId) {
    return buckets.objects(bucketLogicalId);
  }

  /**
   * The request units that a table has used since the stack was started: nothing if it has no
   * limits in the template, or is not in dynalite.
   */
  public RequestUnits used(String table) {
    return dynalite == null ? new RequestUnits(0, 0) : dynalite.tap().used(table);
  }

  /** Does now what the schedules would do when they are due. */
  public void compactNow() {
    schedules.runNow();
  }

  /** Deletes the items whose time is over. A DynamoDB that is no dynalite does so by itself. */
  public void expire() {
    if (streams != null) {
      streams.expire(clock.instant());
    }
  }

  /** What was written so far is in the history, and what is over is closed, when it returns. */
  public void closeNow() {
    settle();
    compactNow();
  }

  /** Whether the history of each page adds up to its counter, as text, a line for each. */
  public String verification() {
    String table = stack.function(READ).environment().get("TABLE_NAME");
    return new Verification(dynamoDbEndpoint, String.valueOf(table), read).report();
  }

  /** From now on, schedules run and items expire when the clock says so. */
  public void keepTime() {
    ScheduledWork expiry = ScheduledWork.of(EXPIRY_SCHEDULE, clock, time -> expire());
    opened(
        Ticker.start(
            () -> {
              expiry.runIfDue();
              schedules.runIfDue();
            }));
  }

  /** Stops all of it, within a few seconds, dynalite's process too. */
  @Override
  public synchronized void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("A part of the stack does not stop", e);
      }
    }
  }
}
