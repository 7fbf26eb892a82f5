package com.visitorcount.cli;

import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.statistics.UnreadableDayException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import software.amazon.awssdk.core.exception.SdkException;

/** The program: {@code java -jar visitorcount.jar COMMAND}. */
@Command(
    name = "visitorcount",
    description =
        "Moves counters and history in and out of a VisitorCount stack, deletes, and checks.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      ImportCommand.class,
      ExportCommand.class,
      ForgetCommand.class,
      Doctor.class,
      Redrive.class,
      TokenCommand.class,
      ShareCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed: what was done stays done, and the command can be given again",
      "2:the command makes no sense; nothing was done",
      "3:done, but some lines of the file could not be read and were left out",
      "4:doctor found that something is wrong",
    })
public final class Main {
  private Main() {}

  /** Runs a command and exits the JVM with its exit code. */
  public static void main(String[] arguments) {
    Charset console = Charset.defaultCharset();
    Terminal terminal =
        new Terminal(
            new BufferedReader(new InputStreamReader(System.in, console)),
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, console),
            isWatched(),
            Clock.systemUTC());
    System.exit(run(terminal, arguments));
  }

  @SuppressWarnings("SystemConsoleNull") // where it is never null, TERM tells
  private static boolean isWatched() {
    return System.console() != null && System.getenv("TERM") != null;
  }

  /** Runs a command and returns its exit code. */
  static int run(Terminal terminal, String... arguments) {
    CommandLine line = new CommandLine(new Main(), new Factory(terminal));
    line.setOut(terminal.output());
    line.setErr(terminal.errors());
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(terminal, e));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line.execute(arguments);
  }

  private static int failed(Terminal terminal, Exception e) throws Exception {
    int code = e instanceof UsageException ? ExitCode.USAGE : ExitCode.FAILED;
    String reason;
    if (e instanceof FailureException failure) {
      reason = failure.reason();
    } else if (e instanceof UsageException usage) {
      reason = usage.reason();
    } else if (e instanceof StoreUnavailableException) {
      reason = "DynamoDB: " + firstLine(cause(e));
    } else if (e instanceof SdkException) {
      reason = "AWS: " + firstLine(e);
    } else if (e instanceof UnreadableDayException) {
      reason = "This item of the history table is missing or cannot be read: " + firstLine(e);
    } else if (e instanceof UncheckedIOException) {
      reason = firstLine(cause(e));
    } else {
      throw e;
    }
    terminal.errors().println("visitorcount: " + reason);
    terminal.errors().flush();
    return code;
  }

  private static Throwable cause(Exception e) {
    return Objects.requireNonNullElse(e.getCause(), e);
  }

  private static String firstLine(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  /** Passes the terminal to the constructors of commands. */
  private record Factory(Terminal terminal) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      try {
        return type.getDeclaredConstructor(Terminal.class).newInstance(terminal);
      } catch (NoSuchMethodException e) {
        return CommandLine.defaultFactory().create(type);
      }
    }
  }

  /** The version in the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"visitorcount " + (version == null ? "(not packaged)" : version)};
    }
  }
}
