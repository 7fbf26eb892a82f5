package com.visitorcount.history.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.column.Part;
import com.visitorcount.history.row.Row;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a visit begins. Case C13. */
final class VisitRuleTest {
  private static final String NONE = "";

  private final List<Row> rows = new ArrayList<>();

  @Test
  void of_clickOnACampaignDuringAVisit_beginsAVisit() {
    view(0, "www.google.de", NONE, NONE);
    next(60);
    view(120, "www.google.de", "google", "cpc");
    next(180);

    assertThat(sources()).containsExactly("Google 2", "Google 2");
    assertThat(channels()).containsExactly("Organic Search", "Paid Search");
  }

  @Test
  void of_arrivalFromAnotherSourceDuringAVisit_beginsAVisit() {
    view(0, "www.google.de", NONE, NONE);
    view(60, "l.facebook.com", NONE, NONE);
    view(90, "www.google.com", NONE, NONE);

    assertThat(sources()).containsExactly("Google 1", "Facebook 1", "Google 1");
  }

  @Test
  void of_theSameSourceUnderAnotherHost_goesOn() {
    view(0, "www.google.de", NONE, NONE);
    view(60, "com.google.android.googlequicksearchbox", NONE, NONE);
    view(120, "google.co.uk", NONE, NONE);

    assertThat(sources()).containsExactly("Google 3");
  }

  @Test
  void of_noReferrerOrOwnSite_goesOn() {
    view(0, "www.google.de", "letter", "email");
    view(30, NONE, NONE, NONE); // typed, or a bookmark
    next(60);

    assertThat(sources()).containsExactly("letter 3");
  }

  /** The browser repeats the referrer of the first page, whose URL had the campaign. */
  @Test
  void of_reloadAfterACampaign_goesOn_caseB26() {
    view(0, "mail.google.com", "letter", "email");
    view(60, "mail.google.com", NONE, NONE);
    view(90, "mail.google.com", "letter", "email");

    assertThat(sources()).containsExactly("letter 3");
  }

  @Test
  void of_theSameCampaignByTheCompanysOtherName_goesOn() {
    view(0, NONE, "fb", "social");
    view(60, "m.facebook.com", "facebook", "social");

    assertThat(sources()).containsExactly("Facebook 2");
  }

  @Test
  void of_anotherCampaignOfTheSameSource_beginsAVisit() {
    view(0, NONE, "letter", "email");
    view(60, NONE, "letter", "qr");

    assertThat(sources()).containsExactly("letter 1", "letter 1");
  }

  @Test
  void of_visitThatGoesOnOverMidnight_isItsOwnUntilSomebodyArrives() {
    next(0);
    view(60, "www.bing.com", NONE, NONE);

    assertThat(sources()).containsExactly(" 1", "Bing 1");
  }

  @Test
  void of_twoArrivalsInOneSecond_areTwoVisits() {
    view(0, "www.bing.com", NONE, NONE);
    view(0, "duckduckgo.com", NONE, NONE);

    assertThat(Summary.of(Part.of(rows, VisitRule.CURRENT)).totals())
        .isEqualTo(new Totals(2, 1, 2, 2, 0));
  }

  /** The twin: by the old rule, the campaign is in no report. */
  @Test
  void of_clickOnACampaign_byGapsAlone_isInNoVisit() {
    view(0, "www.google.de", NONE, NONE);
    view(120, "www.google.de", "google", "cpc");

    assertThat(values(Dimension.UTM_SOURCE, VisitRule.GAP)).containsExactly("");
  }

  private void view(int second, String referrer, String source, String medium) {
    Campaign campaign =
        source.isEmpty() ? Campaign.NONE : new Campaign(source, medium, "autumn", "", "");
    add(second, new Facts(true, referrer, campaign, "DE", "Firefox", "Linux", ""));
  }

  private void next(int second) {
    add(second, new Facts(false, "", Campaign.NONE, "DE", "Firefox", "Linux", ""));
  }

  private void add(int second, Facts facts) {
    rows.add(
        new Row(
            PageId.ofKey("example.com/"),
            1,
            rows.size() + 1L,
            1_793_836_800L + second,
            facts,
            "a"));
  }

  /** Each visit's source and number of views. */
  private List<String> sources() {
    Part part = Part.of(rows, VisitRule.CURRENT).get(0);
    List<String> sources = values(Dimension.SOURCE, VisitRule.CURRENT);
    return IntStream.range(0, part.visits())
        .mapToObj(visit -> sources.get(visit) + " " + part.rowsByVisit()[visit])
        .toList();
  }

  private List<String> channels() {
    return values(Dimension.CHANNEL, VisitRule.CURRENT);
  }

  private List<String> values(Dimension dimension, VisitRule rule) {
    Values values = Values.of(Part.of(rows, rule).get(0), Attribute.of(dimension), ZoneOffset.UTC);
    return Arrays.stream(values.places()).mapToObj(place -> values.texts()[place]).toList();
  }
}
