package com.visitorcount.cli;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/**
 * A deployed stack of VisitorCount, as CloudFormation describes it.
 *
 * @param status such as {@code UPDATE_COMPLETE}
 * @param parameters values by name; asterisks for a hidden one
 */
record Stack(
    String name, String status, Map<String, String> parameters, Map<String, String> outputs) {
  Stack {
    requireNonNull(name, "name");
    requireNonNull(status, "status");
    parameters = Map.copyOf(parameters);
    outputs = Map.copyOf(outputs);
  }

  /**
   * Asks CloudFormation.
   *
   * @throws FailureException if the stack does not exist or is of another kind
   */
  static Stack describe(String name) {
    try (CloudFormationClient client = CloudFormationClient.create()) {
      var found = client.describeStacks(describe -> describe.stackName(name)).stacks().get(0);
      Map<String, String> outputs = new HashMap<>();
      found.outputs().forEach(output -> outputs.put(output.outputKey(), output.outputValue()));
      Map<String, String> parameters = new HashMap<>();
      found
          .parameters()
          .forEach(
              parameter -> parameters.put(parameter.parameterKey(), parameter.parameterValue()));
      Stack stack = new Stack(name, found.stackStatusAsString(), parameters, outputs);
      stack.output("TableName");
      stack.output("HistoryTableName");
      return stack;
    } catch (CloudFormationException e) {
      throw new FailureException("The stack %s: %s".formatted(name, message(e)));
    }
  }

  private static String message(CloudFormationException e) {
    return e.awsErrorDetails() == null
        ? String.valueOf(e.getMessage())
        : e.awsErrorDetails().errorMessage();
  }

  /**
   * An output.
   *
   * @throws FailureException if the stack has none of this name
   */
  String output(String key) {
    String value = outputs.get(key);
    if (value == null) {
      throw new FailureException("The stack " + name + " is not one of VisitorCount.");
    }
    return value;
  }

  /**
   * The physical name of a resource, such as a function.
   *
   * @throws FailureException if the stack has none of this name
   */
  String resource(String logicalName) {
    try (CloudFormationClient client = CloudFormationClient.create()) {
      return client
          .describeStackResource(
              describe -> describe.stackName(name).logicalResourceId(logicalName))
          .stackResourceDetail()
          .physicalResourceId();
    } catch (CloudFormationException e) {
      throw new FailureException("The stack %s: %s".formatted(name, message(e)));
    }
  }

  /** A parameter, empty if the stack has none of this name. */
  String parameter(String key) {
    return parameters.getOrDefault(key, "");
  }

  /** The URL of the dashboard, without a query. */
  String dashboard() {
    String base = parameter("PublicUrl");
    return (base.isEmpty() ? output("ReadUrl").replaceFirst("/$", "") : base) + "/dashboard/";
  }
}
