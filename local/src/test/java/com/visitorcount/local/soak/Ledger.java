package com.visitorcount.local.soak;

import com.visitorcount.local.soak.PageAccount.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/** The accounts of all viewed pages and of all events. */
final class Ledger {
  private static final int SITES = 6;
  private static final int IMAGES = 10;

  private final List<PageAccount> promised = new ArrayList<>();
  private final PageAccount crowded = new PageAccount("crowd.example/", Kind.CROWDED);
  private final List<PageAccount> images = new ArrayList<>();
  private final List<PageAccount> events = new ArrayList<>();

  Ledger(int pages) {
    for (int i = 0; i < pages; i++) {
      // some bare names, which belong to the default site
      String page =
          i % (SITES + 1) == SITES
              ? "name-" + i
              : "site-%d.example/p/%d".formatted(i % (SITES + 1), i);
      promised.add(new PageAccount(page, Kind.PROMISED));
    }
    for (int site = 0; site < SITES; site++) {
      events.add(new PageAccount("site-%d.example!signup".formatted(site), Kind.PROMISED));
      events.add(new PageAccount("site-%d.example!404".formatted(site), Kind.PROMISED));
    }
    for (int i = 0; i < IMAGES; i++) {
      images.add(new PageAccount("images.example/" + i, Kind.IMAGE));
    }
  }

  /** A few pages often, most of them rarely: the first of a thousand one time in ten. */
  PageAccount promised(SplittableRandom random) {
    double u = random.nextDouble();
    return promised.get((int) (promised.size() * u * u * u));
  }

  /** An event of one of the sites. */
  PageAccount event(SplittableRandom random) {
    return events.get(random.nextInt(events.size()));
  }

  PageAccount crowded() {
    return crowded;
  }

  PageAccount image(SplittableRandom random) {
    return images.get(random.nextInt(images.size()));
  }

  /** All of them. */
  Collection<PageAccount> accounts() {
    List<PageAccount> all = new ArrayList<>(promised);
    all.add(crowded);
    all.addAll(images);
    all.addAll(events);
    return all;
  }

  /** Views and events that were acknowledged. */
  long acknowledged() {
    return accounts().stream().mapToLong(PageAccount::acknowledged).sum();
  }
}
