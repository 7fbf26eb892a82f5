package com.visitorcount.counter;

import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import com.visitorcount.visitor.VisitorToken;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A view, an event, or a message about engagement from the table's stream.
 *
 * @param bornMillis when the page's item was created, in milliseconds since the epoch; 0 if an
 *     older version created it; different for each life of a page that was deleted and counted
 *     again
 * @param sequence the page's count including this view; for a message about engagement, the count
 *     when it came: it is not about a later view
 * @param facts none if an older version wrote the view
 * @param visitor null if an older version wrote the view
 * @param event null for a view of a page
 * @param engagement null for a view or an event; otherwise, how the visitor engaged with the page
 *     during the latest view of it
 */
public record StreamedView(
    PageId page,
    long bornMillis,
    long sequence,
    Instant at,
    Facts facts,
    @Nullable VisitorToken visitor,
    @Nullable Event event,
    @Nullable Engagement engagement) {
  /** A writer's clock that is off by more than this is not trusted. */
  static final Duration MAX_SKEW = Duration.ofMinutes(10);

  public StreamedView {
    requireNonNull(page, "page");
    requireNonNull(at, "at");
    requireNonNull(facts, "facts");
    if (page.isEvent() != (event != null)) {
      throw new IllegalArgumentException("an event, and nothing else, is told of as one");
    }
  }

  /** A view of a page. */
  public StreamedView(
      PageId page,
      long bornMillis,
      long sequence,
      Instant at,
      Facts facts,
      @Nullable VisitorToken visitor) {
    this(page, bornMillis, sequence, at, facts, visitor, null, null);
  }

  /**
   * Reads a stream record. Facts, visitor and time come from the image only if this write has set
   * them: an older version that writes to the same table leaves those of the previous view.
   *
   * @param oldImage the item before the write, empty if there was none
   * @param newImage the item after it, empty if it was deleted
   * @param written when DynamoDB made the write; used as the time of the view if the writer's own
   *     is missing or differs by more than 10 minutes
   * @return null if the write was neither a view nor a message about engagement: if the item is not
   *     a page's, if the count is not one more than before, for example because it was set by hand,
   *     or if it is beyond 2^63 - 1, which rows cannot have
   * @throws IllegalArgumentException if an image cannot be read; the message has no data of the
   *     visitor
   */
  public static @Nullable StreamedView of(
      Map<String, AttributeValue> oldImage, Map<String, AttributeValue> newImage, Instant written) {
    if (!newImage.containsKey(CounterItem.VIEWS)) {
      return null;
    }
    String key = key(newImage);
    if (!ItemKeys.isPage(key)) {
      return null;
    }
    long sequence = sequence(oldImage, newImage);
    if (sequence == 0) {
      return null;
    }
    PageId page = PageId.ofKey(key);
    LastView last = last(page, oldImage, newImage, written);
    boolean isMessage = last.engagement() != null && last.visitor() != null && !page.isEvent();
    boolean isCounted = !CounterItem.views(oldImage).equals(CounterItem.views(newImage));
    return isCounted != isMessage
        ? new StreamedView(
            page,
            CounterItem.bornMillis(newImage),
            sequence,
            last.at(),
            last.facts(),
            last.visitor(),
            last.event(),
            last.engagement())
        : null;
  }

  private static String key(Map<String, AttributeValue> image) {
    AttributeValue id = image.get(ItemKeys.ID);
    if (id == null || id.s() == null) {
      throw new IllegalArgumentException("the attribute " + ItemKeys.ID + " is not a text");
    }
    return id.s();
  }

  /**
   * The number of a view, or of the latest one if none was added; 0 for any other change of the
   * count, or if the number is too large for rows.
   */
  private static long sequence(
      Map<String, AttributeValue> oldImage, Map<String, AttributeValue> newImage) {
    try {
      BigInteger views = CounterItem.views(newImage);
      BigInteger base = CounterItem.base(newImage);
      if (base != null && base.compareTo(views) >= 0) {
        // a starting count: views come after the base
        return 0;
      }
      BigInteger more = views.subtract(CounterItem.views(oldImage));
      boolean isOneOrNone = more.signum() == 0 || more.equals(BigInteger.ONE);
      return isOneOrNone && views.bitLength() < Long.SIZE ? views.longValueExact() : 0;
    } catch (BrokenCounterException e) {
      // set by hand to something else
      return 0;
    }
  }

  private static LastView last(
      PageId page,
      Map<String, AttributeValue> oldImage,
      Map<String, AttributeValue> newImage,
      Instant written) {
    AttributeValue attribute = newImage.get(CounterItem.LAST);
    if (attribute == null || !isWrittenByThisCounter(oldImage, newImage)) {
      return new LastView(written, Facts.NONE, null, page.isEvent() ? Event.NONE : null, null);
    }
    LastView last = LastView.of(page, attribute);
    boolean believed = Duration.between(last.at(), written).abs().compareTo(MAX_SKEW) <= 0;
    return believed
        ? last
        : new LastView(written, last.facts(), last.visitor(), last.event(), last.engagement());
  }

  /** Two views in the same millisecond may differ only in the guard's hash of their ids. */
  private static boolean isWrittenByThisCounter(
      Map<String, AttributeValue> oldImage, Map<String, AttributeValue> newImage) {
    return Stream.concat(Stream.of(CounterItem.LAST), RetryGuard.attributes())
        .anyMatch(name -> !Objects.equals(oldImage.get(name), newImage.get(name)));
  }
}
