package com.visitorcount.sam.template;

import com.visitorcount.sam.failure.LocalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads functions, roles and tables from an evaluated template. */
final class StackReader {
  private static final int DEFAULT_TIMEOUT_SECONDS = 3;
  private static final int DEFAULT_MEMORY_MEGABYTES = 128;

  private static final Set<String> OTHER_PERMISSIONS =
      Set.of("ManagedPolicyArns", "PermissionsBoundary");
  private static final Set<String> OTHER_CLAUSES =
      Set.of("NotAction", "NotResource", "Principal", "NotPrincipal");

  /** A condition that always holds here. */
  private static final String OWN_ACCOUNT = "s3:ResourceAccount";

  /** Restricts a statement to some partition keys. */
  private static final String LEADING_KEYS = "dynamodb:LeadingKeys";

  private static final String EQUALS = "StringEquals";
  private static final String ALL_EQUAL = "ForAllValues:StringEquals";

  private final Evaluator evaluator;
  private final Mapping functionGlobals;

  StackReader(Evaluator evaluator, Mapping functionGlobals) {
    this.evaluator = evaluator;
    this.functionGlobals = functionGlobals;
  }

  Stack read() {
    return new Stack(
        evaluator.resources(Resource.FUNCTION).values().stream().map(this::function).toList(),
        evaluator.resources(Resource.TABLE).values().stream().map(this::table).toList());
  }

  private FunctionResource function(Resource resource) {
    Properties properties =
        new Properties(
            resource.id(),
            name -> merged(value(functionGlobals, name), value(resource.properties(), name)));
    Role role = role(properties);
    TriggersReader triggers = new TriggersReader(evaluator, resource.id(), properties, role);
    int timeoutSeconds = properties.wholeNumber("Timeout").orElse(DEFAULT_TIMEOUT_SECONDS);
    return new FunctionResource(
        resource.id(),
        properties.text("CodeUri").orElse(""),
        properties.requiredText("Handler"),
        properties.in("Environment").textsByName("Variables"),
        Duration.ofSeconds(timeoutSeconds),
        properties.wholeNumber("MemorySize").orElse(DEFAULT_MEMORY_MEGABYTES),
        properties.wholeNumber("ReservedConcurrentExecutions"),
        role,
        url(resource, properties),
        triggers.streams(),
        triggers.schedules());
  }

  /**
   * Merges as SAM does: maps entry by entry, lists by concatenation; for texts, the function's own
   * wins.
   */
  private static @Nullable Object merged(@Nullable Object global, @Nullable Object own) {
    if (global instanceof Map<?, ?> globals && own instanceof Map<?, ?> owns) {
      Map<Object, Object> merged = new LinkedHashMap<>(globals);
      owns.forEach(
          (name, value) -> {
            @Nullable Object result = merged(globals.get(name), value);
            if (result != null) {
              merged.put(name, result);
            }
          });
      return merged;
    }
    if (global instanceof List<?> globals && own instanceof List<?> owns) {
      List<Object> merged = new ArrayList<>(globals);
      merged.addAll(owns);
      return merged;
    }
    return own == null ? global : own;
  }

  private @Nullable Object value(Mapping properties, String name) {
    @Nullable Node node = properties.node(name);
    return node == null ? null : evaluator.value(node);
  }

  private @Nullable FunctionUrlConfig url(Resource resource, Properties properties) {
    if (resource.properties().node("FunctionUrlConfig") == null) {
      return null;
    }
    @Nullable Node authType = resource.properties().mapping("FunctionUrlConfig").node("AuthType");
    if (authType == null || Call.of(authType) != null || !Mapping.text(authType).equals("NONE")) {
      throw properties.fault("AuthType must be the literal NONE, or SAM does not open the URL");
    }
    Properties cors = properties.in("FunctionUrlConfig").in("Cors");
    if (resource.properties().mapping("FunctionUrlConfig").node("Cors") == null) {
      return new FunctionUrlConfig(null);
    }
    try {
      return new FunctionUrlConfig(
          new Cors(
              cors.texts("AllowOrigins"),
              cors.texts("AllowMethods"),
              cors.texts("AllowHeaders"),
              cors.texts("ExposeHeaders"),
              cors.wholeNumber("MaxAge").orElse(0),
              cors.text("AllowCredentials").map(Boolean::parseBoolean).orElse(false)));
    } catch (IllegalArgumentException e) {
      throw properties.fault(String.valueOf(e.getMessage()));
    }
  }

  private Role role(Properties function) {
    String arn =
        function
            .text("Role")
            .orElseThrow(
                () -> function.fault("sam-runner needs a Role to check its calls against"));
    return evaluator.resources(Resource.ROLE).values().stream()
        .filter(role -> evaluator.arn(role).equals(arn))
        .findFirst()
        .map(this::role)
        .orElseThrow(() -> function.fault("its Role is no role of this template"));
  }

  private Role role(Resource resource) {
    Properties properties =
        new Properties(resource.id(), name -> value(resource.properties(), name));
    properties.refuse(OTHER_PERMISSIONS);
    List<Statement> statements = new ArrayList<>();
    for (Properties policy : properties.all("Policies")) {
      for (Properties statement : policy.in("PolicyDocument").all("Statement")) {
        statements.add(statement(statement));
      }
    }
    return new Role(resource.id(), statements);
  }

  /**
   * @throws LocalException for a clause that AWS respects but that would be ignored here
   */
  private static Statement statement(Properties statement) {
    statement.refuse(OTHER_CLAUSES);
    Set<String> leadingKeys = leadingKeys(statement);
    if (leadingKeys.isEmpty() && !isFreeOfConditions(statement)) {
      throw statement.fault(
          "sam-runner does not understand Condition, except for "
              + OWN_ACCOUNT
              + " and "
              + LEADING_KEYS);
    }
    String effect = statement.requiredText("Effect");
    if (!effect.equals("Allow")) {
      throw statement.fault("sam-runner does not understand Effect " + effect);
    }
    return new Statement(
        Set.copyOf(statement.texts("Action")),
        Set.copyOf(statement.texts("Resource")),
        leadingKeys);
  }

  /** Empty for other conditions. */
  private static Set<String> leadingKeys(Properties statement) {
    return statement.names("Condition").equals(Set.of(ALL_EQUAL))
            && statement.in("Condition").names(ALL_EQUAL).equals(Set.of(LEADING_KEYS))
        ? Set.copyOf(statement.in("Condition").in(ALL_EQUAL).texts(LEADING_KEYS))
        : Set.of();
  }

  private static boolean isFreeOfConditions(Properties statement) {
    Set<String> operators = statement.inEach("Condition").keySet();
    return operators.isEmpty()
        || (operators.equals(Set.of(EQUALS))
            && statement
                .in("Condition")
                .textsByName(EQUALS)
                .equals(Map.of(OWN_ACCOUNT, Arn.ACCOUNT_ID)));
  }

  private TableResource table(Resource resource) {
    Properties properties =
        new Properties(resource.id(), name -> value(resource.properties(), name));
    List<TableResource.Key> keys = new ArrayList<>();
    for (Properties key : properties.all("KeySchema")) {
      String attribute = key.requiredText("AttributeName");
      String attributeType =
          properties.all("AttributeDefinitions").stream()
              .filter(definition -> definition.requiredText("AttributeName").equals(attribute))
              .findFirst()
              .orElseThrow(() -> properties.fault(attribute + " has no AttributeDefinition"))
              .requiredText("AttributeType");
      keys.add(new TableResource.Key(attribute, key.requiredText("KeyType"), attributeType));
    }
    if (keys.isEmpty()) {
      throw properties.fault("KeySchema is missing");
    }
    return new TableResource(
        properties.text("TableName").orElse(resource.id()),
        keys,
        streamed(resource, properties),
        expiryAttribute(properties),
        limits(properties));
  }

  private static Optional<TableResource.Limits> limits(Properties table) {
    Properties throughput = table.in("OnDemandThroughput");
    OptionalInt read = throughput.wholeNumber("MaxReadRequestUnits");
    OptionalInt write = throughput.wholeNumber("MaxWriteRequestUnits");
    if (read.isPresent() && write.isPresent()) {
      return Optional.of(new TableResource.Limits(read.getAsInt(), write.getAsInt()));
    }
    if (read.isPresent() || write.isPresent()) {
      throw table.fault("sam-runner knows OnDemandThroughput of reads and writes, and not of one");
    }
    return Optional.empty();
  }

  private static boolean streamed(Resource resource, Properties table) {
    if (!resource.hasStream()) {
      return false;
    }
    String view = table.in("StreamSpecification").requiredText("StreamViewType");
    if (!view.equals("NEW_AND_OLD_IMAGES")) {
      throw table.fault(
          "sam-runner knows no StreamViewType but NEW_AND_OLD_IMAGES, and not " + view);
    }
    return true;
  }

  private static Optional<String> expiryAttribute(Properties table) {
    Properties specification = table.in("TimeToLiveSpecification");
    return specification.flag("Enabled")
        ? Optional.of(specification.requiredText("AttributeName"))
        : Optional.empty();
  }
}
