package com.visitorcount.counter;

import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.View;
import com.visitorcount.view.ViewId;
import com.visitorcount.visitor.VisitorToken;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Counters for tests that need no DynamoDB. Remembers every view. */
public final class InMemoryCounters implements Counters {
  private final Map<PageId, Set<ViewId>> views = new HashMap<>();
  private final Map<PageId, BigInteger> before = new HashMap<>();
  private final Map<PageId, View> latest = new HashMap<>();
  private final Map<PageId, Engagement> told = new HashMap<>();
  private final Map<PageId, Long> births = new HashMap<>();
  private final Set<PageId> unknownBases = new HashSet<>();
  private final Set<PageId> broken = new HashSet<>();

  @Override
  public synchronized Counted add(View view) {
    PageId page = view.page();
    if (broken.contains(page)) {
      throw new BrokenCounterException();
    }
    births.putIfAbsent(page, view.at().toEpochMilli());
    boolean added = views.computeIfAbsent(page, key -> new HashSet<>()).add(view.id());
    latest.put(page, view);
    return new Counted(read(page), !added);
  }

  /** The latest view of a page, whether or not it was added. */
  public synchronized View latest(PageId page) {
    return requireNonNull(latest.get(page), "no view of this page");
  }

  @Override
  public synchronized boolean tell(
      PageId page, Instant at, VisitorToken visitor, Engagement engagement) {
    if (read(page).signum() == 0) {
      return false;
    }
    told.put(page, engagement);
    return true;
  }

  /** The latest engagement reported for a page. */
  public synchronized Engagement told(PageId page) {
    return requireNonNull(told.get(page), "no engagement with this page");
  }

  @Override
  public synchronized BigInteger read(PageId page) {
    if (broken.contains(page)) {
      throw new BrokenCounterException();
    }
    return before
        .getOrDefault(page, BigInteger.ZERO)
        .add(BigInteger.valueOf(views.getOrDefault(page, Set.of()).size()));
  }

  @Override
  public synchronized CounterState state(PageId page) {
    BigInteger base = before.getOrDefault(page, BigInteger.ZERO);
    View view = latest.get(page);
    return new CounterState(
        read(page),
        births.getOrDefault(page, 0L),
        unknownBases.contains(page) ? null : base,
        view == null ? 0 : view.at().toEpochMilli());
  }

  /** Makes a page look as if it was born before bases were kept. */
  public synchronized void forgetBase(PageId page) {
    unknownBases.add(page);
  }

  @Override
  public synchronized Map<PageId, BigInteger> read(Set<PageId> pages) {
    if (pages.size() > MAX_PAGES) {
      throw new IllegalArgumentException("at most " + MAX_PAGES + " pages");
    }
    Map<PageId, BigInteger> counts = new LinkedHashMap<>();
    for (PageId page : pages) {
      if (!broken.contains(page)) {
        counts.put(page, read(page));
      }
    }
    return counts;
  }

  /** Makes a page's count invalid. */
  public synchronized void breakCount(PageId page) {
    broken.add(page);
  }

  /** Makes a page continue from a count. */
  public synchronized void set(PageId page, BigInteger count) {
    before.put(page, count);
  }
}
