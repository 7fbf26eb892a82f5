package com.visitorcount.local.demo;

import static java.util.Objects.requireNonNull;

/**
 * A made-up visitor.
 *
 * @param ip address from the block reserved for benchmarks
 * @param timeZone IANA name
 */
record DemoVisitor(String ip, String userAgent, String timeZone) {
  DemoVisitor {
    requireNonNull(ip, "ip");
    requireNonNull(userAgent, "userAgent");
    requireNonNull(timeZone, "timeZone");
  }
}
