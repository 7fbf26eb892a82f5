package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other half of case B31: programs are distinguished from browsers. */
final class BotTest {
  private static final String WEBKIT = " AppleWebKit/537.36 (KHTML, like Gecko) ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        // search engines and similar
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P)~Chrome/131.0.0.0 Mobile"
            + " Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0~(compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"
            + " Chrome/116.0.1938.76 Safari/537.36",
        "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
        "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
        "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile"
            + " Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)",
        "Mozilla/5.0 (Linux; Android 7.0;)~Mobile Safari/537.36 (compatible; PetalBot)",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            + " Version/17.4 Safari/605.1.15 (Applebot/0.1)",
        "Mozilla/5.0 (compatible; Yahoo! Slurp)",
        "Mozilla/5.0 (compatible; archive.org_bot)",
        "Mozilla/5.0 (compatible; SemrushBot-BA)",
        "Mozilla/5.0 (Linux; Android 5.0; SM-G920A)~Chrome Mobile Safari (compatible;"
            + " AdsBot-Google-Mobile)",
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/131.0.0.0 Safari/537.36 (compatible;"
            + " Google-Read-Aloud)",
        "Mozilla/5.0 (compatible; Google-InspectionTool/1.0)",
        "Mozilla/5.0 (compatible; GoogleOther)",
        "Mozilla/5.0~(KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        "Mozilla/5.0~; compatible; ChatGPT-User/1.0; +https://openai.com/bot",
        "Mozilla/5.0~; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
        "Mozilla/5.0 (compatible; SomeCrawler)",
        // previews of links
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "meta-externalagent/1.1",
        "Twitterbot/1.0",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
        "WhatsApp/2.23.20.0 A",
        "TelegramBot (like TwitterBot)",
        "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
        "Mozilla/5.0 (Windows NT 10.0)~BingPreview/1.0b",
        // browsers without a person
        "Mozilla/5.0 (X11; Linux x86_64)~HeadlessChrome/131.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1"
            + " Safari/538.1",
        "Mozilla/5.0 (Linux; Android 11; moto g power (2022))~Chrome/130.0.0.0 Mobile"
            + " Safari/537.36 Chrome-Lighthouse",
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/131.0.0.0 Safari/537.36 PTST/241120",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64)~jsdom/25.0.1",
        "Mozilla/5.0+(compatible; UptimeRobot/2.0)",
        "Mozilla/5.0 (compatible; Pingdom.com_status_monitor)",
        "Mozilla/5.0 zgrab/0.x",
        // libraries and tools
        "curl/8.5.0",
        "Wget/1.24.5",
        "python-requests/2.32.3",
        "Python/3.12 aiohttp/3.10.10",
        "Go-http-client/2.0",
        "Java/17.0.12",
        "Java-http-client/17.0.12",
        "okhttp/4.12.0",
        "Apache-HttpClient/5.4",
        "axios/1.7.7",
        "node",
        "undici",
        "Ruby",
        "GuzzleHttp/7",
        "PostmanRuntime/7.42.0",
        "Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8)",
        "MyApp/1 CFNetwork/1568.200.51 Darwin/24.1.0",
        // nothing at all
        "",
        " ",
        "-",
        "mozilla",
        "'; DROP TABLE views; --"
      })
  void is_program_isABot_caseB31(String userAgent) {
    assertThat(Bot.is(userAgent.replace("~", WEBKIT))).isTrue();
    assertThat(Bot.isImageProxy(userAgent.replace("~", WEBKIT))).isFalse();
  }

  /** Programs that run scripts and look almost like browsers. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // assistants reading for a person
        "Mozilla/5.0~; compatible; ChatGPT-User/1.0; +https://openai.com/bot",
        "Mozilla/5.0~(KHTML, like Gecko; compatible; Claude-User/1.0; +Claude-User@anthropic.com)",
        "Mozilla/5.0~(compatible; Perplexity-User/1.0) Chrome/131.0.0.0 Safari/537.36",
        "Mozilla/5.0~(compatible; MistralAI-User/1.0)",
        "Mozilla/5.0~(compatible; Google-NotebookLM)",
        "Mozilla/5.0~Chrome/131.0.0.0 Safari/537.36 Gemini-Deep-Research",
        "Mozilla/5.0~Chrome/131.0.0.0 Safari/537.36 (compatible; GoogleAgent-Mariner)",
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/137.0.0.0 Safari/537.36; Devin/1.0; +devin.ai",
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/137.0.0.0 Safari/537.36 Kimi-User/1.0",
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/137.0.0.0 Safari/537.36 Manus-User/1.0",
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/137.0.0.0 Safari/537.36 AgentCore-NovaAct/1.0",
        // monitors and page testers
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/131.0.0.0 Safari/537.36 DatadogSynthetics",
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/131.0.0.0 Safari/537.36 Elastic/Synthetics",
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/131.0.0.0 Safari/537.36 RuxitSynthetic/1.0",
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/131.0.0.0 Safari/537.36 Site24x7",
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/131.0.0.0 Safari/537.36 Catchpoint",
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/131.0.0.0 Safari/537.36 GTmetrix",
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/131.0.0.0 Safari/537.36 DebugBear",
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/131.0.0.0 Safari/537.36 StatusCake",
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/131.0.0.0 Safari/537.36 sitespeed.io",
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/131.0.0.0 Safari/537.36 Checkly",
        "Mozilla/5.0 (X11; Linux x86_64)~Chrome/131.0.0.0 Safari/537.36 by Siteimprove",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64)~Chrome/131.0.0.0 Safari/537.36 Google-Shopping",
        "Mozilla/5.0 (X11; Linux x86_64)~WPScan Chrome/131.0.0.0 Safari/537.36",
        // inside Android's bracket, next to the model or in its place
        "Mozilla/5.0 (Linux; Android 10; K; Googlebot/2.1)~Chrome/131.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 10; K; compatible; Foo/1.0)~Chrome/131.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Linux; Android 10; compatible; Foo/1.0)~Chrome/131.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Linux; U; Android 4.0.2; en-us; Catchpoint)~Version/4.0 Mobile Safari/534.30",
        "Mozilla/5.0 (Linux; Android 11; GPTBot/1.2)~Chrome/131.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 11; ChatGPT-User)~Chrome/131.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 11; SomeCrawler/3)~Chrome/131.0.0.0 Mobile Safari/537.36",
        // without further details
        "Mozilla/5.0 Something",
        "Mozilla/5.0 (Something/1.0)"
      })
  void is_programWithAnEngine_isABot_caseC9(String userAgent) {
    assertThat(Bot.is(userAgent.replace("~", WEBKIT))).isTrue();
  }

  /** Names that only look like a bot's: phones have all kinds of names. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (Linux; Android 9; CUBOT_X19)~Chrome/131.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 40 Build/TP1A)~Chrome/131.0.0.0 Mobile"
            + " Safari/537.36",
        "Mozilla/5.0 (Linux; Android 12; KINGKONG 5 Pro; Cubot)~Chrome/131.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Linux; Android 13; Robot)~Chrome/131.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 13; Spider X1 Monitor)~Chrome/131.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 10; CUBOT P40 Build/QP1A; wv)~Version/4.0 Chrome/131.0.0.0"
            + " Mobile Safari/537.36 Instagram 355.0.0.37.103 Android (29/10; 320dpi; 720x1448;"
            + " CUBOT; CUBOT P40; P40; mt6761; de_DE; 660102030)",
        "Mozilla/5.0 (Android 13; Mobile; CUBOT; rv:133.0) Gecko/133.0 Firefox/133.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64)~Chrome/131.0.0.0 Safari/537.36 Bottle/1.0",
        "Mozilla/5.0 (X11; Linux x86_64)~Abbott/2.0 Chrome/131.0.0.0 Safari/537.36",
        // apps that show pages
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)~Mobile/15E148 News/1025.2",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)~Mobile/15E148 GoogleMaps/24.1",
        "Mozilla/5.0 (Linux; Android 14; A1; wv)~Version/4.0 Chrome/131.0.0.0 Mobile"
            + " Safari/537.36 [air.com.example/1.0]",
        "Mozilla/5.0 (Linux; Android 14; A1; wv)~Version/4.0 Chrome/131.0.0.0 Mobile"
            + " Safari/537.36 MMWEBID/1 MicroMessenger/8.0.54 Process/tools",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)~Mobile/15E148"
            + " AlipayDefined(nt:WIFI,ws:393|788|3.0) AliApp(AP/10.6.80)",
        "Mozilla/5.0 (Linux; Android 14; A1; wv)~Version/4.0 Chrome/131.0.0.0 Mobile"
            + " Safari/537.36 Snapchat/12.0 (CUBOT_NOTE_S; Android 14)",
        "Mozilla/5.0 (Linux; Android 14; A1)~SogouMobileBrowser/6.1 Mobile Safari/537.36",
        // and that scan documents and codes
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)~Mobile/15E148 CamScanner/6.5",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)~Mobile/15E148 AdobeScan/24.1",
        "Mozilla/5.0 (Linux; Android 14; A1; wv)~Version/4.0 Chrome/131.0.0.0 Mobile"
            + " Safari/537.36 GeniusScan/7.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64)~Chrome/131.0.0.0 Safari/537.36"
            + " QR Scanner/2.0",
        // servers, extensions, old browsers
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64)~Chrome/131.0.0.0 Safari/537.36 FirePHP/4Chrome",
        "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0; QQDownload 691)",
        "Mozilla/5.0 (compatible; Konqueror/4.4; Linux) KHTML/4.4.5 (like Gecko) Kubuntu",
        "Mozilla/5.0 (compatible; MSIE 10.0; Windows Phone 8.0; Trident/6.0; IEMobile/10.0)",
        "Mozilla/5.0 (webOS/1.0; U; en-US)~Version/1.0 Safari/525.27.1 Pre/1.0"
      })
  void is_lookAlike_isNone_caseB31_caseC9(String userAgent) {
    assertThat(Bot.is(userAgent.replace("~", WEBKIT))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "github-camo (a1b2c3d4)",
        "github-camo",
        "Camo Asset Proxy 2.3.0",
        "go-camo",
        "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
        "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
        "Slack-ImgProxy (+https://api.slack.com/robots)"
      })
  void isImageProxy_imageProxy_hasAReader(String userAgent) {
    assertThat(Bot.isImageProxy(userAgent)).isTrue();
  }

  /** A pattern that recurses for each character would overflow a stack of 256 KB. */
  @Test
  void is_repetitions_needLittleStack() throws InterruptedException {
    Random random = new Random(9);
    String[] parts = {
      "android",
      " ",
      ";",
      "(",
      ")",
      "u;",
      "en-us;",
      "compatible;",
      "bot",
      "scan",
      "mozilla/5.0 ",
      "a",
      "1.",
      "/",
      "@a",
      "-",
      ".com",
      "download",
      "google-",
      "\u0130",
      "\ud83d"
    };
    List<String> judged = new ArrayList<>();
    Thread small =
        new Thread(
            null,
            () -> {
              for (int i = 0; i < 2_000; i++) {
                StringBuilder unit = new StringBuilder();
                for (int part = random.nextInt(4); part >= 0; part--) {
                  unit.append(parts[random.nextInt(parts.length)]);
                }
                String userAgent =
                    "Mozilla/5.0 (Linux; Android " + unit.toString().repeat(UserAgents.MAX_CHARS);
                UserAgent.of(userAgent.substring(0, UserAgents.MAX_CHARS));
                judged.add(userAgent);
              }
            },
            "small",
            256 * 1_024);
    small.start();
    small.join();

    assertThat(judged).hasSize(2_000);
  }

  @Test
  void is_proxyOutsideOfImages_isABot() {
    assertThat(Bot.is("github-camo (a1b2c3d4)")).isTrue();
  }
}
