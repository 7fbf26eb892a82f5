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
 * The counters of all pages. What is acknowledged is stored: nothing counted lives in memory. Safe
 * for use by several threads and several writers at once.
 */
public interface Counters {
  /** Most pages that {@link #read(Set)} takes. */
  int MAX_PAGES = 100;

  /**
   * Adds one view to its page, which comes into being with its first view. The same view again is
   * not added: always while at most 7 other views of the page came in between, less and less likely
   * beyond that (see {@link RetryGuard}).
   *
   * @param view its time is kept as the page's birth if the page is new, its facts and its visitor
   *     until the next view; texts that are too long are cut
   * @return the page's count with this view in it; a duplicate is a view that had been counted
   *     before this call, not one that the call itself had to send again
   * @throws BrokenCounterException if the page's item has no count that one can be added to; the
   *     view is not counted, save that a count with a fraction goes up by one all the same
   * @throws StoreUnavailableException if the store did not answer in time or refused; the view may
   *     or may not have been counted then, and may be sent again with the same id
   */
  Counted add(View view);

  /**
   * Tells the stream how a visitor engaged with a page during the latest view of it. The count
   * stays as it is; the same message may be sent again.
   *
   * @return false if the page was never viewed, so that there is nothing to tell
   * @throws StoreUnavailableException as above
   */
  boolean tell(PageId page, Instant at, VisitorToken visitor, Engagement engagement);

  /**
   * The count of a page, 0 if it was never viewed. Never below a count that was returned before.
   *
   * @throws BrokenCounterException if what the page's item has is no count
   * @throws StoreUnavailableException if the store did not answer in time or refused
   */
  BigInteger read(PageId page);

  /**
   * The count of a page, and since when it counts.
   *
   * @throws BrokenCounterException if what the page's item has is no count
   * @throws StoreUnavailableException if the store did not answer in time or refused
   */
  CounterState state(PageId page);

  /**
   * The counts of several pages, each as {@link #read(PageId)}. A page whose item has no count that
   * can be read is left out.
   *
   * @throws IllegalArgumentException for more than {@value #MAX_PAGES} pages
   * @throws StoreUnavailableException if the store did not answer in time or refused
   */
  Map<PageId, BigInteger> read(Set<PageId> pages);
}
