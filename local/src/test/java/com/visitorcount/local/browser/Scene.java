package com.visitorcount.local.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.net.URI;

/** A site, its collector and counts, and a visitor. */
final class Scene implements AutoCloseable {
  private final Site site = new Site();
  private final LocalStack stack;
  private final Collector collector;
  private final Counts counts = new Counts();
  private final Visitor visitor;

  Scene(Chromium chromium, LocalStack stack) {
    this.stack = stack;
    collector = new Collector(stack.increment());
    visitor = chromium.visitor(new NewContextOptions().setLocale("en-US"));
  }

  Site site() {
    return site;
  }

  Collector collector() {
    return collector;
  }

  Counts counts() {
    return counts;
  }

  Visitor visitor() {
    return visitor;
  }

  /** The count of a page from the read function, by its path on the site or its name. */
  String counted(String page) {
    String name = page.startsWith("/") ? URI.create(site.url(page)).getAuthority() + page : page;
    return TestStack.counted(stack, name);
  }

  /** The visitor leaves first: for them, a missing server would be an error. */
  @Override
  public void close() {
    try {
      visitor.close();
    } finally {
      counts.close();
      collector.close();
      site.close();
    }
  }
}
