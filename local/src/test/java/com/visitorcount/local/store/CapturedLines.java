package com.visitorcount.local.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Everything that functions write while it is open: formatted log lines and EMF records. */
final class CapturedLines implements AutoCloseable {
  private static final String NAME = "captured";

  private final PrintStream stdout = System.out;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream captured = new PrintStream(bytes, true, UTF_8);
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);

  private CapturedLines() {}

  static CapturedLines capture() {
    CapturedLines lines = new CapturedLines();
    Appender console = lines.context.getConfiguration().getAppender("stdout");
    Appender appender =
        new AbstractAppender(NAME, null, console.getLayout(), false, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            lines.captured.print(new String(getLayout().toByteArray(event), UTF_8));
          }
        };
    appender.start();
    lines.context.getRootLogger().addAppender(appender);
    System.setOut(lines.captured);
    return lines;
  }

  /** The lines with the id of a request. */
  List<String> of(String requestId) {
    return bytes
        .toString(UTF_8)
        .lines()
        .filter(line -> line.contains("\"" + requestId + "\""))
        .toList();
  }

  @Override
  public void close() {
    System.setOut(stdout);
    context
        .getRootLogger()
        .removeAppender(context.getConfiguration().getRootLogger().getAppenders().get(NAME));
  }
}
