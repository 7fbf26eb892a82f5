package com.visitorcount.local;

import com.visitorcount.sam.RunningStack;
import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.template.Arn;
import com.visitorcount.sam.template.Stack;
import com.visitorcount.sam.template.Template;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code mvn -Plocal}: starts {@link LocalRun} in a separate JVM, since only there it can have the
 * environment of a Lambda function, and ends with it.
 */
public final class Main {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

  /** Prefixes of variables that libraries read themselves. */
  private static final List<String> LIBRARIES = List.of("POWERTOOLS_", "AWS_EMF_");

  private Main() {}

  /** Called by Maven, with the user's -D options among the system properties. */
  public static void main(String[] arguments) {
    int status;
    try {
      LocalOptions options = LocalOptions.from(System.getProperties());
      status = run(jvm(options, LocalRun.class.getName(), List.of()));
    } catch (LocalException e) {
      System.err.println(e.getMessage());
      status = 1;
    }
    System.exit(status);
  }

  /**
   * A JVM with the environment of a function, this JVM's class path, and the options as properties.
   *
   * @param jvmOptions options of the new JVM
   * @throws LocalException if the template cannot be run with the options
   */
  public static ProcessBuilder jvm(
      LocalOptions options, String mainClass, List<String> jvmOptions) {
    Stack stack = LocalStack.evaluate(options, Template.read(options.template()));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // as Lambda runs Java; also starts faster
    command.add("-XX:TieredStopAtLevel=1");
    // its hook would stop the log before the stack has stopped
    command.add("-Dlog4j2.shutdownHookEnabled=false");
    options.toProperties().forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(classPath(Main.class.getClassLoader()));
    command.add(mainClass);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment(System.getenv(), stack));
    return builder;
  }

  private static String classPath(ClassLoader loader) {
    if (loader instanceof URLClassLoader urls) {
      return Arrays.stream(urls.getURLs())
          .map(URL::toString)
          .map(url -> Path.of(URI.create(url)).toString())
          .collect(Collectors.joining(File.pathSeparator));
    }
    return System.getProperty("java.class.path");
  }

  /** The environment of a function's JVM: our own, plus what Lambda and the template add. */
  static Map<String, String> environment(Map<String, String> own, Stack stack) {
    Map<String, String> environment = new TreeMap<>(own);
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "local");
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    stack
        .function(LocalStack.INCREMENT)
        .environment()
        .forEach(
            (name, value) -> {
              if (LIBRARIES.stream().anyMatch(name::startsWith)) {
                environment.put(name, value);
              }
            });
    if (!own.containsKey(RunningStack.ENDPOINT_VARIABLE)) {
      environment.put("AWS_REGION", Arn.REGION);
      environment.put("AWS_ACCESS_KEY_ID", "local");
      environment.put("AWS_SECRET_ACCESS_KEY", "local");
      environment.remove("AWS_SESSION_TOKEN");
    }
    return environment;
  }

  private static int run(ProcessBuilder builder) {
    // the child's input stays a pipe from this JVM, so it ends with this JVM, even if that is
    // killed
    builder
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process child = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(child), "stop"));
      return child.waitFor();
    } catch (IOException e) {
      throw new LocalException("Java does not start: " + e.getMessage() + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted.", e);
    }
  }

  private static void stop(Process child) {
    child.destroy();
    try {
      if (!child.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        child.destroyForcibly();
      }
    } catch (InterruptedException e) {
      child.destroyForcibly();
    }
  }
}
