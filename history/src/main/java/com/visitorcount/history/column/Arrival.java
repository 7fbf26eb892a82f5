package com.visitorcount.history.column;

import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * Where a view came from.
 *
 * @param entry whether the visitor came from elsewhere
 * @param referrer host of the other site, empty if unknown
 */
public record Arrival(boolean entry, String referrer, Campaign campaign) {
  /** Number of texts that an arrival is stored as. */
  static final int TEXTS = 7;

  /** The arrival of views within a visit. */
  public static final Arrival NONE = new Arrival(false, "", Campaign.NONE);

  private static final String ENTRY = "1";

  static Arrival of(Facts facts) {
    return new Arrival(facts.entry(), facts.referrer(), facts.campaign());
  }

  /** Whether a view's arrival is {@link #NONE}. */
  static boolean isNone(Facts facts) {
    return !facts.entry() && facts.referrer().isEmpty() && facts.campaign().equals(Campaign.NONE);
  }

  static String[] texts(Collection<Arrival> arrivals) {
    return arrivals.stream()
        .flatMap(
            arrival ->
                Stream.of(
                    arrival.entry ? ENTRY : "",
                    arrival.referrer,
                    arrival.campaign.source(),
                    arrival.campaign.medium(),
                    arrival.campaign.name(),
                    arrival.campaign.term(),
                    arrival.campaign.content()))
        .toArray(String[]::new);
  }

  static Arrival[] ofTexts(String[] texts) {
    Arrival[] arrivals = new Arrival[texts.length / TEXTS];
    for (int i = 0; i < arrivals.length; i++) {
      int at = i * TEXTS;
      arrivals[i] =
          new Arrival(
              !texts[at].isEmpty(),
              texts[at + 1],
              new Campaign(
                  texts[at + 2], texts[at + 3], texts[at + 4], texts[at + 5], texts[at + 6]));
    }
    return arrivals;
  }
}
