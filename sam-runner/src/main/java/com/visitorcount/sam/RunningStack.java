package com.visitorcount.sam;

import com.visitorcount.sam.database.Dynalite;
import com.visitorcount.sam.database.RequestUnits;
import com.visitorcount.sam.database.Tables;
import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.function.Invoker;
import com.visitorcount.sam.function.LambdaFunction;
import com.visitorcount.sam.http.LoopbackServer;
import com.visitorcount.sam.lambda.LambdaApi;
import com.visitorcount.sam.schedule.ScheduledWork;
import com.visitorcount.sam.schedule.Schedules;
import com.visitorcount.sam.schedule.Ticker;
import com.visitorcount.sam.storage.Buckets;
import com.visitorcount.sam.storage.S3Api;
import com.visitorcount.sam.stream.FailedBatch;
import com.visitorcount.sam.stream.TableStreams;
import com.visitorcount.sam.template.FunctionResource;
import com.visitorcount.sam.template.FunctionUrlConfig;
import com.visitorcount.sam.template.Stack;
import com.visitorcount.sam.template.TableResource;
import com.visitorcount.sam.template.Template;
import com.visitorcount.sam.topic.Topics;
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
 * A SAM template running on this machine: DynamoDB with its tables, the functions behind their
 * URLs, streams and schedules. Several can run in one JVM.
 *
 * <p>The JVM needs the environment of a Lambda function: Powertools, the EMF library and the AWS
 * SDK read their settings only from there.
 */
public final class RunningStack implements AutoCloseable {
  /** Environment variable with the URL of another DynamoDB to use instead of dynalite. */
  public static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_DYNAMODB";

  private static final String S3_VARIABLE = "AWS_ENDPOINT_URL_S3";

  private static final Logger LOG = LoggerFactory.getLogger(RunningStack.class);
  private static final String EXPIRY_SCHEDULE = "rate(1 hour)";
  private static final String ENDPOINT_PROPERTY = "aws.endpointUrlDynamoDb";
  private static final String TOPICS_PROPERTY = "aws.endpointUrlSns";

  private final Stack stack;
  private final Clock clock;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private final URI dynamoDbEndpoint;
  private final Topics topics;
  private final Buckets buckets;
  private final @Nullable Dynalite dynalite;
  private final @Nullable TableStreams streams;
  private final Map<String, URI> urls = new LinkedHashMap<>();
  private final Map<String, LambdaFunction> functions;
  private final Map<String, Invoker> disturbed = new ConcurrentHashMap<>();
  private final Schedules schedules;

  private RunningStack(Template template, StackOptions options, Clock clock) {
    this.clock = clock;
    try {
      Map<String, FunctionUrl> bound = new LinkedHashMap<>();
      options.ports().forEach((id, port) -> bound.put(id, opened(FunctionUrl.bind(port))));
      bound.forEach((id, url) -> urls.put(id, url.address()));
      this.stack = template.evaluate(options.parameters(), urls);
      this.dynalite = openDynalite(options);
      this.dynamoDbEndpoint =
          dynalite == null
              ? URI.create(options.environment().get(ENDPOINT_VARIABLE))
              : dynalite.endpoint();
      this.topics = opened(Topics.start());
      this.buckets = opened(Buckets.open(options.data()));
      URI s3 = opened(LoopbackServer.start(0, s3Api())).address().resolve(S3Api.PATH);
      this.functions =
          load(
              stack,
              dynamoDbEndpoint,
              options.passage().apply(dynamoDbEndpoint),
              topics.endpoint(),
              s3,
              clock);
      this.streams =
          dynalite == null
              ? null
              : opened(
                  TableStreams.start(
                      dynalite.tap(), stack, this::invocation, clock, buckets, options.madeUp()));
      this.schedules = Schedules.of(stack, this::invocation, clock);
      bound.forEach(this::serve);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts what a template describes, and returns when everything is ready.
   *
   * @param clock the time for everything
   * @throws LocalException if it cannot run, with the reason
   */
  public static RunningStack start(Template template, StackOptions options, Clock clock) {
    return new RunningStack(template, options, clock);
  }

  /** Null if the environment specifies another DynamoDB. */
  private @Nullable Dynalite openDynalite(StackOptions options) {
    @Nullable String other = options.environment().get(ENDPOINT_VARIABLE);
    if (other == null) {
      return opened(
          Dynalite.start(options.runner(), options.data(), TableStreams.read(stack), limits()));
    }
    LOG.warn("The streams of {} are not read here, so no function gets their records", other);
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
   * Creates the tables and loads the functions, one stack at a time: a system property is the only
   * way to pass DynamoDB's endpoint to the clients that the handlers create.
   *
   * @param endpoint where the tables are
   * @param ofFunctions the endpoint for the functions
   * @param s3 where functions find S3
   */
  private static synchronized Map<String, LambdaFunction> load(
      Stack stack, URI endpoint, URI ofFunctions, URI topics, URI s3, Clock clock) {
    @Nullable String before = System.setProperty(ENDPOINT_PROPERTY, ofFunctions.toString());
    System.setProperty(TOPICS_PROPERTY, topics.toString());
    try (DynamoDbClient client = DynamoDbClient.builder().endpointOverride(endpoint).build()) {
      Tables.create(client, stack.tables());
      Map<String, LambdaFunction> functions = new LinkedHashMap<>();
      for (FunctionResource function : stack.functions()) {
        functions.put(
            function.id(),
            LambdaFunction.load(function, Map.of(S3_VARIABLE, s3.toString()), clock));
      }
      return functions;
    } catch (SdkException e) {
      throw new LocalException(
          "The DynamoDB at " + endpoint + " cannot be used: " + e.getMessage() + ".", e);
    } finally {
      System.clearProperty(TOPICS_PROPERTY);
      if (before == null) {
        System.clearProperty(ENDPOINT_PROPERTY);
      } else {
        System.setProperty(ENDPOINT_PROPERTY, before);
      }
    }
  }

  private void serve(String functionId, FunctionUrl url) {
    @Nullable FunctionUrlConfig config = stack.function(functionId).url();
    if (config == null) {
      throw new LocalException("The template's " + functionId + " has no FunctionUrlConfig.");
    }
    url.serve(function(functionId), config, clock);
  }

  /** Invokes a function for a stream or a schedule. */
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

  /** The template evaluated with the parameters. */
  public Stack stack() {
    return stack;
  }

  /**
   * A function's URL, with a trailing slash.
   *
   * @param functionLogicalId a function with a port in the options
   */
  public URI url(String functionLogicalId) {
    @Nullable URI url = urls.get(functionLogicalId);
    if (url == null) {
      throw new IllegalArgumentException("There is no URL of " + functionLogicalId);
    }
    return url;
  }

  /** Lambda's API, for invoking the functions with AWS's own clients. */
  public LambdaApi lambdaApi() {
    return new LambdaApi(functions);
  }

  /** S3's API for the buckets: functions may put what one of their roles allows. */
  public S3Api s3Api() {
    return new S3Api(
        buckets,
        object ->
            stack.functions().stream()
                .anyMatch(function -> function.role().allows("s3:PutObject", object, "")));
  }

  /** The endpoint of the tables for an SDK client, which is not restricted by any role. */
  public URI dynamoDbEndpoint() {
    return dynamoDbEndpoint;
  }

  /**
   * The IAM actions that a function has requested so far, including refused ones, such as {@code
   * dynamodb:UpdateItem}.
   *
   * @param functionLogicalId as in the template
   */
  public Set<String> callsOf(String functionLogicalId) {
    return function(functionLogicalId).calls();
  }

  /**
   * Puts something between a function and the streams and schedules that invoke it: it may invoke
   * the function twice, not at all, or lose its answer.
   *
   * @param functionLogicalId as in the template
   * @param disturbance wraps the undisturbed invoker into the one used from now on
   */
  public void disturb(String functionLogicalId, UnaryOperator<Invoker> disturbance) {
    LambdaFunction function = function(functionLogicalId);
    disturbed.put(functionLogicalId, disturbance.apply(function::invoke));
  }

  /**
   * Invokes a function once, directly.
   *
   * @param functionLogicalId as in the template
   * @param event JSON
   * @return JSON
   * @throws RuntimeException as thrown by the invocation
   */
  public byte[] invoke(String functionLogicalId, byte[] event) {
    return function(functionLogicalId).invoke(event);
  }

  /**
   * Sets whether the views that follow are made up: the write of each then gets the time of the
   * view.
   */
  public void makeUp(boolean views) {
    if (streams != null) {
      streams.makeUp(views);
    }
  }

  /**
   * Returns when the functions that read streams have handled every write so far, or it was given
   * up. Call it before moving the clock: a write gets its time when the stream is read, and one
   * older than the template allows is given up.
   *
   * @throws IllegalStateException if that takes minutes
   */
  public void settle() {
    if (streams != null) {
      streams.settle();
    }
  }

  /** The batches that were given up. */
  public List<FailedBatch> failedBatches() {
    return streams == null ? List.of() : streams.failedBatches();
  }

  /** The messages that the functions have published to SNS topics so far. */
  public List<Topics.Message> published() {
    return topics.published();
  }

  /**
   * The objects in a bucket, as files.
   *
   * @param bucket its name; of a bucket of the template, its logical id
   */
  public List<Path> objects(String bucket) {
    return buckets.objects(bucket);
  }

  /**
   * The request units that a table has used since the stack was started: zero if it has no limits
   * in the template, or is not in dynalite.
   */
  public RequestUnits used(String table) {
    return dynalite == null ? new RequestUnits(0, 0) : dynalite.tap().used(table);
  }

  /** Runs all schedules now. */
  public void runSchedules() {
    schedules.runNow();
  }

  /** Deletes expired items. Any DynamoDB other than dynalite does this itself. */
  public void expire() {
    if (streams != null) {
      streams.expire(clock.instant());
    }
  }

  /** From now on, runs schedules and deletes expired items by the clock. */
  public void keepTime() {
    ScheduledWork expiry = ScheduledWork.of(EXPIRY_SCHEDULE, clock, time -> expire());
    opened(
        Ticker.start(
            () -> {
              expiry.runIfDue();
              schedules.runIfDue();
            }));
  }

  /** Stops everything within a few seconds, including dynalite's process. */
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
