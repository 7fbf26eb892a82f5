package com.visitorcount.history.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.view.Campaign;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of GA4's default channel group, and Plausible's and our additions. */
final class ChannelsTest {
  @ParameterizedTest
  @CsvSource({
    // referrer, utm_source, utm_medium, utm_campaign, channel
    "'', '', '', '', Direct",
    "'', (direct), (none), '', Direct",
    "'', '', '', autumn, Direct",
    "www.google.de, '', '', '', Organic Search",
    "kagi.com, '', '', '', Organic Search",
    "'', google, organic, '', Organic Search",
    "'', myengine, organic, '', Organic Search",
    "www.google.de, google, cpc, '', Paid Search",
    "'', bing, PPC, '', Paid Search",
    "'', google, cpm, '', Paid Search",
    "'', google-ads, '', '', Paid Search",
    "'', google, cpc, 'Shopping autumn', Paid Shopping",
    "'', amazon, cpc, '', Paid Shopping",
    "'', letter, email, 'eshop news', Organic Shopping",
    "'', letter, email, 'bishop news', Email",
    "www.etsy.com, '', '', '', Organic Shopping",
    "l.facebook.com, '', '', '', Organic Social",
    "'', fb, '', '', Organic Social",
    "'', fb, paid_social, '', Paid Social",
    "'', facebook_ads, '', '', Paid Social",
    "'', threads, '', '', Organic Social",
    "'', anything, social, '', Organic Social",
    "'', anything, social media, '', Organic Social",
    "news.ycombinator.com, '', '', '', Organic Social",
    "com.twitter.android, '', '', '', Organic Social",
    "www.youtube.com, '', '', '', Organic Video",
    "'', anything, video, '', Organic Video",
    "'', youtube, cpv, '', Paid Video",
    "'', youtube, cpc, '', Paid Video",
    "'', anything, banner, '', Display",
    "'', anything, cpm, '', Display",
    "'', anything, cpc, '', Paid Other",
    "'', anything, retargeting, '', Paid Other",
    "'', google, cpc, 'my Cross-Network 1', Cross-network",
    "mail.google.com, '', '', '', Email",
    "com.google.android.gm, '', '', '', Email",
    "mail.proton.me, '', '', '', Email",
    "'', anything, e-mail, '', Email",
    "'', newsletter, '', '', Email",
    "'', anything, affiliate, '', Affiliates",
    "'', anything, audio, '', Audio",
    "'', anything, sms, '', SMS",
    "'', sms, '', '', SMS",
    "'', anything, web-push, '', Mobile Push Notifications",
    "'', anything, mobile, '', Mobile Push Notifications",
    "'', firebase, '', '', Mobile Push Notifications",
    "chatgpt.com, '', '', '', AI Assistants",
    "'', chatgpt.com, '', '', AI Assistants",
    "'', perplexity, '', '', AI Assistants",
    "'', claude.ai, referral, '', AI Assistants",
    "copilot.microsoft.com, '', '', '', AI Assistants",
    "blog.example, '', '', '', Referral",
    "'', '', referral, '', Referral",
    "'', somebody, print, '', Referral",
    "'', '', print, '', Direct"
  })
  void of_whatLedToTheVisit_isTheChannelOfTheDefinitions(
      String referrer, String source, String medium, String name, String channel) {
    Campaign campaign = new Campaign(source, medium, name, "", "");

    assertThat(Origin.of(referrer, campaign).channel()).isEqualTo(channel);
  }

  @Test
  void of_anyTexts_isAChannel() {
    Random random = new Random(1);
    String alphabet = "aceghiop. -_:/@$*()|\u00e9\u4e2d\ud83d\ude00\n";
    for (int i = 0; i < 20_000; i++) {
      Campaign campaign =
          new Campaign(
              text(random, alphabet), text(random, alphabet), text(random, alphabet), "", "");

      assertThat(Origin.of(text(random, alphabet), campaign).channel()).isNotEmpty();
    }
    String long1 = "a.".repeat(300);
    assertThat(Origin.of(long1, new Campaign(long1, long1, long1, "", "")).channel())
        .isEqualTo("Referral");
  }

  private static String text(Random random, String alphabet) {
    return random
        .ints(random.nextInt(12), 0, alphabet.length())
        .mapToObj(i -> alphabet.substring(i, i + 1))
        .reduce("", String::concat);
  }
}
