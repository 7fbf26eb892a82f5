package com.visitorcount.local;

import com.visitorcount.local.database.Dynalite;
import com.visitorcount.local.database.Tables;
import com.visitorcount.local.failure.LocalException;
import com.visitorcount.local.function.LambdaFunction;
import com.visitorcount.local.site.DemoSite;
import com.visitorcount.local.template.FunctionResource;
import com.visitorcount.local.template.FunctionUrlConfig;
import com.visitorcount.local.template.Stack;
import com.visitorcount.local.template.Template;
import com.visitorcount.local.url.FunctionUrl;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

  private static final String ENDPOINT_PROPERTY = "aws.endpointUrlDynamoDb";

  /** Where a local run differs from the template's own defaults. */
  private static final Map<String, String> LOCAL_DEFAULTS = Map.of("AllowedOrigins", "*");

  private final Map<String, String> environment;
  private final Clock clock = Clock.systemUTC();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private final URI dynamoDbEndpoint;
  private final Map<String, LambdaFunction> functions;
  private final URI increment;
  private final URI read;
  private final URI site;

  private LocalStack(LocalOptions options, Stack stack, Map<String, String> environment) {
    this.environment = environment;
    try {
      this.dynamoDbEndpoint = openDatabase(options);
      this.functions = load(stack, dynamoDbEndpoint, clock);
      this.increment = openUrl(stack, INCREMENT, options.port(1));
      this.read = openUrl(stack, READ, options.port(2));
      this.site = opened(DemoSite.open(options.port(0), increment, read)).address();
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
    return start(options, template, System.getenv());
  }

  static LocalStack start(
      LocalOptions options, Template template, Map<String, String> environment) {
    return new LocalStack(options, evaluate(options, template), environment);
  }

  /** The template with the local defaults and the parameters of the options. */
  static Stack evaluate(LocalOptions options, Template template) {
    Map<String, String> parameters = new LinkedHashMap<>();
    LOCAL_DEFAULTS.forEach(
        (name, value) -> {
          if (template.declares(name)) {
            parameters.put(name, value);
          }
        });
    parameters.putAll(options.parameters());
    return template.evaluate(parameters);
  }

  private URI openDatabase(LocalOptions options) {
    @Nullable String endpoint = environment.get(ENDPOINT_VARIABLE);
    return endpoint == null
        ? opened(Dynalite.start(options.module(), options.data())).endpoint()
        : URI.create(endpoint);
  }

  /**
   * Makes the tables and loads the functions, one stack after the other: this property is the one
   * way to tell the clients that the handlers make for themselves where their DynamoDB is.
   */
  private static synchronized Map<String, LambdaFunction> load(
      Stack stack, URI endpoint, Clock clock) {
    @Nullable String before = System.setProperty(ENDPOINT_PROPERTY, endpoint.toString());
    try (DynamoDbClient client = DynamoDbClient.create()) {
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

  private URI openUrl(Stack stack, String functionId, int port) {
    @Nullable FunctionUrlConfig config = stack.function(functionId).url();
    if (config == null) {
      throw new LocalException("The template's " + functionId + " has no FunctionUrlConfig.");
    }
    return opened(FunctionUrl.open(function(functionId), config, port, clock)).address();
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
