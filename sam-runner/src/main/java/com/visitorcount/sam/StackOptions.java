package com.visitorcount.sam;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Options for running a template.
 *
 * @param runner directory of this module, whose npm packages include dynalite
 * @param data directory for the data; null: in memory
 * @param ports the port of each function with a URL, by logical id; 0: any free one
 * @param parameters values of template parameters that differ from the defaults
 * @param environment environment variables, of which {@link RunningStack#ENDPOINT_VARIABLE} is used
 * @param madeUp whether records left by an earlier run are of made-up items, as in {@link
 *     RunningStack#makeUp}
 * @param passage turns DynamoDB's URL into the one that the functions use
 */
public record StackOptions(
    Path runner,
    @Nullable Path data,
    Map<String, Integer> ports,
    Map<String, String> parameters,
    Map<String, String> environment,
    boolean madeUp,
    UnaryOperator<URI> passage) {
  public StackOptions {
    requireNonNull(runner, "runner");
    ports = Map.copyOf(ports);
    parameters = Map.copyOf(parameters);
    environment = Map.copyOf(environment);
    requireNonNull(passage, "passage");
  }
}
