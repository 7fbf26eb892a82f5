package com.visitorcount.local.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * A function in a process of its own, started as Lambda starts it: the jar unpacked into the
 * working directory, AWS's runtime interface client on the class path, the JVM flags of the managed
 * runtime.
 */
final class PackagedFunction implements AutoCloseable {
  private final RuntimeApi api;
  private final Process process;
  private final Path directory;
  private final CompletableFuture<Void> ended;

  private PackagedFunction(RuntimeApi api, Process process, Path directory) {
    this.api = api;
    this.process = process;
    this.directory = directory;
    this.ended = process.onExit().thenRun(() -> api.fail(lastWords()));
  }

  /**
   * Starts a function.
   *
   * @param jar as the build left it
   * @param handler as in the template
   * @param environment all the variables there are
   * @param directory empty; for the unpacked jar and for what the function writes
   */
  static PackagedFunction start(
      Path jar, String handler, Map<String, String> environment, Path directory)
      throws IOException {
    Path task = Files.createDirectory(directory.resolve("task"));
    unpack(jar, task);
    Path nativeClient = nativeClient(directory);
    RuntimeApi api = RuntimeApi.start();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // outside of Lambda, org.crac does not find the client's own and does nothing
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            // the client unpacks its library to one fixed file, which two processes would overwrite
            "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
                + nativeClient,
            "-cp",
            Stream.of(
                    AWSLambda.class,
                    Context.class,
                    PojoSerializer.class,
                    SdkInternalThreadLocal.class)
                .map(PackagedFunction::jarOf)
                .collect(Collectors.joining(File.pathSeparator)),
            AWSLambda.class.getName(),
            handler);
    if (Runtime.version().feature() >= 24) {
      builder.command().add(1, "--enable-native-access=ALL-UNNAMED");
    }
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

  String invoke(String requestId, String event) throws Exception {
    return api.invoke(requestId, event);
  }

  /** Lines on standard output so far; all that belong to an answered event are among them. */
  List<String> stdout() throws IOException {
    return Files.readAllLines(directory.resolve("stdout"), UTF_8);
  }

  List<String> stderr() throws IOException {
    return Files.readAllLines(directory.resolve("stderr"), UTF_8);
  }

  private static void unpack(Path jar, Path into) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(jar);
        Stream<Path> entries = Files.walk(zip.getPath("/"))) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        Path target = into.resolve(entry.toString().substring(1));
        if (Files.isDirectory(entry)) {
          Files.createDirectories(target);
        } else {
          Files.copy(entry, target);
        }
      }
    }
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
