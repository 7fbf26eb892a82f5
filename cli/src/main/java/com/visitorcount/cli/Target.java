package com.visitorcount.cli;

import com.visitorcount.counter.DynamoDbClients;
import com.visitorcount.page.PageRules;
import com.visitorcount.page.SiteAliases;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The options that select the stack to work with. */
final class Target {
  private static final String COUNTERS = "VisitorCount";
  private static final String HISTORY = "VisitorHistory";

  /** Credentials that a local run does not look at. */
  static final AwsCredentialsProvider LOCAL =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description = "A deployed stack: its tables are found by CloudFormation.")
  @Nullable String stack;

  @Option(
      names = "--local",
      paramLabel = "PORT",
      description = "The DynamoDB port that mvn -Plocal prints.")
  @Nullable Integer local;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "The counter table; in place of --stack.")
  @Nullable String table;

  @Option(
      names = "--history-table",
      paramLabel = "NAME",
      description = "The history table; beside --table.")
  @Nullable String historyTable;

  private @Nullable Stack described;

  /**
   * Opens the tables. Region and credentials come from the environment, as in every program that
   * uses the AWS SDK.
   *
   * @throws FailureException if no tables are given, or the stack does not exist
   */
  Tables open() {
    if (local != null && stack == null) {
      return Tables.of(
          DynamoDbClients.patient()
              .endpointOverride(URI.create("http://127.0.0.1:" + local))
              .region(Region.US_EAST_1)
              .credentialsProvider(LOCAL)
              .build(),
          table == null ? COUNTERS : table,
          historyTable == null ? HISTORY : historyTable,
          PageRules.NONE);
    }
    @Nullable Stack deployed = stack();
    if (deployed != null) {
      return ofStack(deployed);
    }
    if (stack == null && table != null && historyTable != null) {
      return Tables.of(DynamoDbClients.patient().build(), table, historyTable, PageRules.NONE);
    }
    throw new UsageException(
        "Say which stack: --stack NAME, --local PORT, or --table NAME --history-table NAME.");
  }

  /**
   * The stack, null if the tables are given in another way. It is read only once.
   *
   * @throws FailureException as {@link Stack#describe}
   */
  @Nullable Stack stack() {
    boolean isOnlyStack = local == null && table == null && historyTable == null;
    if (described == null && stack != null && isOnlyStack) {
      described = Stack.describe(stack);
    }
    return described;
  }

  /** The tables of a stack. */
  static Tables ofStack(Stack stack) {
    return Tables.of(
        DynamoDbClients.patient().build(),
        stack.output("TableName"),
        stack.output("HistoryTableName"),
        rules(stack.parameters()));
  }

  /** The settings for page ids that the functions of the stack use. */
  static PageRules rules(Map<String, String> parameters) {
    return new PageRules(
        Set.copyOf(list(parameters.getOrDefault("KeptQueryParameters", ""))),
        SiteAliases.of(list(parameters.getOrDefault("SiteAliases", ""))));
  }

  private static List<String> list(String commaSeparated) {
    return Arrays.stream(commaSeparated.split(",", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .distinct()
        .collect(Collectors.toList());
  }
}
