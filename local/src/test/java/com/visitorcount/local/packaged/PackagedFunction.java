package com.visitorcount.local.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.template.Arn;
import com.visitorcount.sam.template.FunctionResource;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * A function in a separate process, started as Lambda does: the jar unpacked into the working
 * directory, AWS's runtime interface client on the class path, the JVM flags of the managed
 * runtime, and handler, environment and memory from the template.
 */
final class PackagedFunction implements AutoCloseable {
  /**
   * The share of a function's memory that the managed runtime gives to the heap: 445,645k of 512
   * MB.
   */
  private static final double HEAP_SHARE = 0.85;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RuntimeApi api;
  private final Process process;
  private final Path directory;
  private final CompletableFuture<Void> ended;
  private int linesSeen;

  /**
   * The outcome of an event.
   *
   * @param response as the function sent it
   * @param lines lines printed to standard output since the previous event
   */
  record Outcome(String requestId, JsonNode response, List<String> lines) {
    Outcome {
      lines = List.copyOf(lines);
    }
  }

  private PackagedFunction(RuntimeApi api, Process process, Path directory) {
    this.api = api;
    this.process = process;
    this.directory = directory;
    this.ended = process.onExit().thenRun(() -> api.fail(lastWords()));
  }

  /** The jar that the template deploys, as built. */
  static Path jar(FunctionResource function) {
    return TestStack.root().resolve(function.codeUri());
  }

  /** A function's environment from the template and Lambda; may be modified. */
  static Map<String, String> environment(FunctionResource function, URI dynamoDb) {
    Map<String, String> environment = new HashMap<>(function.environment());
    environment.put("_HANDLER", function.handler());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", function.id());
    environment.put(
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    environment.put("AWS_LAMBDA_LOG_LEVEL", "INFO");
    environment.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
    environment.put("AWS_REGION", Arn.REGION);
    environment.put("AWS_ACCESS_KEY_ID", "local");
    environment.put("AWS_SECRET_ACCESS_KEY", "local");
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.toString());
    return environment;
  }

  /**
   * Starts a function.
   *
   * @param task the unpacked jar, see {@link #unpack}; only read
   * @param environment all variables
   * @param directory for files that the function writes
   * @param flags of the JVM, besides those of the managed runtime
   */
  static PackagedFunction start(
      FunctionResource function,
      Path task,
      Map<String, String> environment,
      Path directory,
      String... flags)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    long heapKilobytes = (long) (HEAP_SHARE * function.memoryMegabytes() * 1024);
    command.addAll(
        List.of(
            "-XX:MaxHeapSize=" + heapKilobytes + "k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // as in the managed runtime: org.crac finds the client's implementation by it
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            // the client unpacks its library to one fixed file, which two processes would overwrite
            "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
                + nativeClient(directory)));
    command.addAll(List.of(flags));
    command.addAll(
        List.of(
            "-cp",
            Stream.of(
                    AWSLambda.class,
                    Context.class,
                    PojoSerializer.class,
                    SdkInternalThreadLocal.class)
                .map(PackagedFunction::jarOf)
                .collect(Collectors.joining(File.pathSeparator)),
            AWSLambda.class.getName(),
            function.handler()));
    return start(command, environment, task, directory);
  }

  /** Starts any process that uses the runtime API. */
  static PackagedFunction start(
      List<String> command, Map<String, String> environment, Path task, Path directory)
      throws IOException {
    RuntimeApi api = RuntimeApi.start();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    builder.directory(task.toFile());
    builder.redirectOutput(directory.resolve("stdout").toFile());
    builder.redirectError(directory.resolve("stderr").toFile());
    return new PackagedFunction(api, builder.start(), directory);
  }

  private String lastWords() {
    try {
      return "the function ended: " + stdout() + stderr();
    } catch (IOException e) {
      return "the function ended";
    }
  }

  /** Returns when the function has been created and, with SnapStart, is ready for its snapshot. */
  void awaitInit() throws Exception {
    api.awaitInit();
  }

  /** Makes the function, restored from its snapshot, handle an event. */
  Outcome invoke(String event) throws Exception {
    String requestId = UUID.randomUUID().toString();
    JsonNode response = JSON.readTree(api.invoke(requestId, event));
    return new Outcome(requestId, response, newLines());
  }

  /** Lines on standard output since the last call of this method, or the last answered event. */
  List<String> newLines() throws IOException {
    List<String> all = stdout();
    List<String> lines = all.subList(linesSeen, all.size());
    linesSeen = all.size();
    return lines;
  }

  /** Lines on standard output so far, including all those of answered events. */
  private List<String> stdout() throws IOException {
    return Files.readAllLines(directory.resolve("stdout"), UTF_8);
  }

  List<String> stderr() throws IOException {
    return Files.readAllLines(directory.resolve("stderr"), UTF_8);
  }

  /** CPU time of all threads so far, in steps of 10 ms. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Unpacks a jar as Lambda does. Not with a zip file system, which takes eight times as long. */
  static Path unpack(Path jar, Path into) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        Path target = into.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, target);
          }
        }
      }
    }
    return into;
  }

  private static Path nativeClient(Path into) throws IOException {
    String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    Path library = into.resolve("libaws-lambda-jni.so");
    try (InputStream in =
        AWSLambda.class.getResourceAsStream("/jni/libaws-lambda-jni.linux-" + arch + ".so")) {
      Files.copy(in, library);
    }
    return library;
  }

  private static String jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    ended.join();
    api.close();
  }
}
