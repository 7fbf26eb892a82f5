package com.visitorcount.local.soak;

import org.jspecify.annotations.Nullable;

/** Something that is sometimes available, and otherwise can be waited for. */
final class Door<T> {
  private @Nullable T open;

  /** Lets everybody in. */
  synchronized void open(T to) {
    open = to;
    notifyAll();
  }

  /** Lets nobody in. */
  synchronized void close() {
    open = null;
  }

  /** Waits until it is open. */
  synchronized T await() {
    try {
      while (open == null) {
        wait();
      }
      return open;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }
}
