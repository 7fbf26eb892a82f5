package com.visitorcount.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.local.demo.DemoData;
import com.visitorcount.sam.clock.MovableClock;
import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.template.Template;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The process of a local run. It ends with a signal or the end of its input. */
final class LocalRun {
  private static final AtomicReference<@Nullable LocalStack> STACK = new AtomicReference<>();

  private static final int DEMO_DAYS = 90;

  private LocalRun() {}

  /** Called by {@link Main}, with the options as system properties. */
  public static void main(String[] arguments) {
    Runtime.getRuntime().addShutdownHook(new Thread(LocalRun::stop, "stop"));
    Thread parent = new Thread(LocalRun::awaitParent, "parent");
    parent.setDaemon(true);
    parent.start();
    try {
      LocalOptions options = LocalOptions.from(System.getProperties());
      MovableClock clock = MovableClock.running();
      LocalStack stack = LocalStack.start(options, Template.read(options.template()), clock);
      STACK.set(stack);
      if (options.demo()) {
        makeUpViews(stack, clock);
      }
      if (options.closeNow()) {
        stack.closeNow();
      }
      stack.runner().keepTime();
      System.out.println(
          "READY site=%s increment=%s read=%s dynamodb=%s"
              .formatted(
                  stack.site(),
                  stack.increment(),
                  stack.read(),
                  stack.runner().dynamoDbEndpoint()));
    } catch (LocalException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void makeUpViews(LocalStack stack, MovableClock clock) {
    DemoData demo =
        new DemoData(
            event -> stack.runner().invoke(LocalStack.INCREMENT, event),
            event -> stack.runner().invoke(LocalStack.READ, event),
            stack.runner()::settle,
            () -> {
              stack.runner().runSchedules();
              stack.runner().expire();
            },
            clock);
    PrintStream out = System.out;
    // nobody needs the metrics of made-up views
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    stack.runner().makeUp(true);
    try {
      int views = demo.fill(DEMO_DAYS);
      out.println(
          "DEMO site=%s made-up views=%s"
              .formatted(DemoData.SITE, views == 0 ? "as before" : Integer.toString(views)));
    } finally {
      System.setOut(out);
      stack.runner().makeUp(false);
      clock.run();
    }
  }

  /** Ends with the process that started this one: its end of the pipe closes in any case. */
  private static void awaitParent() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // the pipe is broken, so the parent is gone
    }
    System.exit(0);
  }

  private static void stop() {
    @Nullable LocalStack stack = STACK.get();
    if (stack != null) {
      stack.close();
    }
    // npm, or anything else that the start was waiting for
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }
}
