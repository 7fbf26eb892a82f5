package com.visitorcount.benchmarks;

import com.visitorcount.sam.database.NodeModules;
import com.visitorcount.sam.failure.LocalException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Commands that start a rival, as far as this machine has what it needs. */
final class Rivals {
  static final String PYTHON = "boto3";
  static final String NODE = "AWS SDK for JavaScript";
  static final Region REGION = Region.US_EAST_1;
  static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "nothing"));

  private final Path module;

  /**
   * @param module directory of this module
   */
  Rivals(Path module) {
    this.module = module;
  }

  /** A class of this module, under the flags that Lambda's Java runtime sets. */
  static List<String> java(Class<?> main) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx400m",
        "-classpath",
        System.getProperty("java.class.path"),
        main.getName());
  }

  /** A script of ours with boto3; empty if Python or boto3 is not here. */
  Optional<List<String>> python(String script) throws InterruptedException {
    return succeeds("python3", "-c", "import boto3")
        ? Optional.of(List.of("python3", module.resolve("src/test/python/" + script).toString()))
        : Optional.empty();
  }

  /** A script of ours with the npm packages of this module; empty if they cannot be installed. */
  Optional<List<String>> node(String script) {
    return hasNodeModules()
        ? Optional.of(List.of("node", module.resolve("src/test/node/" + script).toString()))
        : Optional.empty();
  }

  /** Whether the npm packages of this module are here, after an attempt to install them. */
  boolean hasNodeModules() {
    try {
      NodeModules.install(module);
      return true;
    } catch (LocalException e) {
      System.err.println(e.getMessage());
      return false;
    }
  }

  /** Starts a counter whose output is a log that nobody reads. */
  static Process start(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    setEnvironment(builder, environment);
    return builder.start();
  }

  /** Region and credentials, which the SDKs want also where nobody looks at them, and more. */
  static void setEnvironment(ProcessBuilder builder, Map<String, String> more) {
    Map<String, String> all = builder.environment();
    all.put("AWS_REGION", REGION.id());
    all.put("AWS_DEFAULT_REGION", REGION.id());
    all.put("AWS_ACCESS_KEY_ID", CREDENTIALS.resolveCredentials().accessKeyId());
    all.put("AWS_SECRET_ACCESS_KEY", CREDENTIALS.resolveCredentials().secretAccessKey());
    all.putAll(more);
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      // no such program
      return false;
    }
  }
}
