package com.visitorcount.counter;

import com.visitorcount.page.PageId;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.View;
import com.visitorcount.visitor.VisitorToken;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * The counters of all pages. Acknowledged views are stored: no counts are held only in memory. Safe
 * for use by several threads and several writers at once.
 */
public interface Counters {
  /** Most pages that {@link #read(Set)} takes. */
  int MAX_PAGES = 100;

  /**
   * Adds one view to its page; the first view creates the page. A repeat of the same view is not
   * added: this is certain if at most 7 other views of the page came in between, and ever less
   * likely beyond that (see {@link RetryGuard}).
   *
   * @param view its time becomes the page's birth if the page is new, its facts and visitor are
   *     kept until the next view; texts that are too long are cut
   * @return the page's count including this view; a duplicate is a view that had been counted
   *     before this call, not one that the call itself had to send again
   * @throws BrokenCounterException if the page's item has no valid count to add to; the view is not
   *     counted, except that a count with a fraction still goes up by one
   * @throws StoreUnavailableException if the store did not answer in time or refused; the view may
   *     or may not have been counted then, and may be sent again with the same id
   */
  Counted add(View view);

  /**
   * Passes on to the stream how a visitor engaged with a page during its latest view. The count
   * does not change; the same message may be sent again.
   *
   * @return false if the page was never viewed, so that there is nothing to pass on
   * @throws StoreUnavailableException as above
   */
  boolean tell(PageId page, Instant at, VisitorToken visitor, Engagement engagement);

  /**
   * The count of a page, 0 if it was never viewed. Never below a count that was returned before.
   *
   * @throws BrokenCounterException if the page's item has no valid count
   * @throws StoreUnavailableException if the store did not answer in time or refused
   */
  BigInteger read(PageId page);

  /**
   * The count of a page and when it began.
   *
   * @throws BrokenCounterException if the page's item has no valid count
   * @throws StoreUnavailableException if the store did not answer in time or refused
   */
  CounterState state(PageId page);

  /**
   * The counts of several pages, each as by {@link #read(PageId)}. Pages without a valid count in
   * their item are left out.
   *
   * @throws IllegalArgumentException for more than {@value #MAX_PAGES} pages
   * @throws StoreUnavailableException if the store did not answer in time or refused
   */
  Map<PageId, BigInteger> read(Set<PageId> pages);
}
