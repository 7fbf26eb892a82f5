package com.visitorcount.history.statistics;

import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sums of a day without its single views, as other products export them. The times of the views are
 * not known either: they count at noon UTC, which is on the same day in nearly every zone. Not safe
 * for use by several threads.
 */
public final class DaySums {
  private static final Set<Dimension> OF_VISITS =
      EnumSet.of(
          Dimension.SOURCE,
          Dimension.CHANNEL,
          Dimension.REFERRER,
          Dimension.UTM_SOURCE,
          Dimension.UTM_MEDIUM,
          Dimension.UTM_CAMPAIGN,
          Dimension.UTM_TERM,
          Dimension.UTM_CONTENT);

  private final Map<Dimension, Map<String, Totals>> splits = new EnumMap<>(Dimension.class);
  private Totals totals = Totals.NONE;

  /** Adds to the totals of all views and events. */
  public void addAll(Totals more) {
    totals = totals.plus(more);
  }

  /** Adds to the totals of the views with a value. */
  public void add(Dimension dimension, String value, Totals more) {
    splits.computeIfAbsent(dimension, d -> new HashMap<>()).merge(value, more, Totals::plus);
  }

  /** Adds to the totals of the views of a page, or of visits that began or ended with it. */
  public void add(Dimension dimension, PageId page, Totals more) {
    add(dimension, Values.withoutSite(page), more);
  }

  /**
   * Adds to the totals of visits from a source, in all dimensions that say where visits came from.
   *
   * @param source its name if neither referrer nor campaign gives it
   * @param referrer host, or empty
   */
  public void addSource(String source, String referrer, Campaign campaign, Totals more) {
    Origin known = Origin.of(referrer, campaign);
    Origin origin =
        known.source().isEmpty() && !source.isEmpty()
            ? Origin.of(
                "",
                new Campaign(
                    source,
                    campaign.medium(),
                    campaign.name(),
                    campaign.term(),
                    campaign.content()))
            : known;
    add(Dimension.SOURCE, origin.source(), more);
    add(Dimension.CHANNEL, origin.channel(), more);
    add(Dimension.REFERRER, referrer, more);
    add(Dimension.UTM_SOURCE, campaign.source(), more);
    add(Dimension.UTM_MEDIUM, campaign.medium(), more);
    add(Dimension.UTM_CAMPAIGN, campaign.name(), more);
    add(Dimension.UTM_TERM, campaign.term(), more);
    add(Dimension.UTM_CONTENT, campaign.content(), more);
  }

  /** Corrects inconsistent sums, which sampling can produce. */
  private static Totals consistent(Totals sums) {
    long visits = Math.min(sums.visits(), sums.rows());
    return new Totals(
        sums.views(),
        Math.min(sums.visitors(), visits),
        visits,
        Math.min(sums.bounces(), visits),
        sums.durationSeconds(),
        sums.events(),
        sums.engaged());
  }

  /**
   * The summary of the day.
   *
   * @param known dimensions with known sums, in which views without a value have the empty value or
   *     are direct; in other dimensions nothing is known
   */
  public Summary build(Set<Dimension> known) {
    Totals sum = consistent(totals);
    Totals views =
        consistent(
            new Totals(
                sum.views(),
                sum.visitors(),
                sum.visits(),
                sum.bounces(),
                sum.durationSeconds(),
                0,
                sum.engaged()));
    Map<Dimension, Split> all = new EnumMap<>(Dimension.class);
    for (Dimension dimension : known) {
      Map<String, Totals> values = new HashMap<>();
      splits
          .getOrDefault(dimension, Map.of())
          .forEach((value, sums) -> values.put(value, consistent(sums)));
      Totals rest = dimension == Dimension.EVENT ? views : rest(views, values);
      if (rest.rows() > 0) {
        values.merge(withoutValue(dimension), rest, Totals::plus);
      }
      all.put(dimension, new Split(new TreeMap<>(values), Totals.NONE));
    }
    Cuts cuts = new Cuts();
    cuts.addAtNoon(sum);
    return Summary.bounded(sum, cuts, all);
  }

  /** Dimensions that {@link #addSource} fills. */
  public static Set<Dimension> ofSources() {
    return EnumSet.copyOf(OF_VISITS);
  }

  private static String withoutValue(Dimension dimension) {
    return switch (dimension) {
      case CHANNEL -> Channels.DIRECT;
      case EVENT -> Dimension.PAGEVIEW;
      default -> "";
    };
  }

  private static Totals rest(Totals totals, Map<String, Totals> values) {
    Totals named = values.values().stream().reduce(Totals.NONE, Totals::plus);
    long visits = Math.max(0, totals.visits() - named.visits());
    return consistent(
        new Totals(
            Math.max(0, totals.views() - named.views()),
            Math.max(0, totals.visitors() - named.visitors()),
            visits,
            Math.min(visits, Math.max(0, totals.bounces() - named.bounces())),
            Math.max(0, totals.durationSeconds() - named.durationSeconds()),
            0));
  }
}
