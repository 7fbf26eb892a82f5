package com.visitorcount.local;

import com.visitorcount.local.failure.LocalException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The process of a local run: from its start until a signal, or the end of its input. */
final class LocalRun {
  private static final AtomicReference<@Nullable LocalStack> STACK = new AtomicReference<>();

  private LocalRun() {}

  /** Called by {@link Main}, with the options as system properties. */
  public static void main(String[] arguments) {
    Runtime.getRuntime().addShutdownHook(new Thread(LocalRun::stop, "stop"));
    Thread parent = new Thread(LocalRun::awaitParent, "parent");
    parent.setDaemon(true);
    parent.start();
    try {
      LocalStack stack = LocalStack.start(LocalOptions.from(System.getProperties()));
      STACK.set(stack);
      System.out.println(
          "READY site=%s increment=%s read=%s"
              .formatted(stack.site(), stack.increment(), stack.read()));
    } catch (LocalException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /** Ends with the process that started this one: its end of the pipe closes however it goes. */
  private static void awaitParent() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // the pipe is gone, and so is the parent
    }
    System.exit(0);
  }

  private static void stop() {
    @Nullable LocalStack stack = STACK.get();
    if (stack != null) {
      stack.close();
    }
    // npm, or whatever else the start was waiting for
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }
}
