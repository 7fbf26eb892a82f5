package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real browsers. That none is taken for a bot is half of case B31. */
final class UserAgentTest {
  private static final String WEBKIT = " AppleWebKit/537.36 (KHTML, like Gecko) ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Chrome|Windows|Desktop|Mozilla/5.0 (Windows NT 10.0; Win64; x64)~Chrome/131.0.0.0 Safari/537.36
          Chrome|macOS|Desktop|Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)~Chrome/131.0.0.0 Safari/537.36
          Chrome|Linux|Desktop|Mozilla/5.0 (X11; Linux x86_64)~Chrome/131.0.0.0 Safari/537.36
          Chrome|ChromeOS|Desktop|Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)~Chrome/131.0.0.0 Safari/537.36
          Chrome|Android|Mobile|Mozilla/5.0 (Linux; Android 10; K)~Chrome/131.0.0.0 Mobile Safari/537.36
          Chrome|Android|Tablet|Mozilla/5.0 (Linux; Android 10; K)~Chrome/131.0.0.0 Safari/537.36
          Chrome|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1
          Chrome|iOS|Tablet|Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1
          Edge|Windows|Desktop|Mozilla/5.0 (Windows NT 10.0; Win64; x64)~Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0
          Edge|Windows|Desktop|Mozilla/5.0 (Windows NT 10.0; Win64; x64)~Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763
          Edge|Android|Mobile|Mozilla/5.0 (Linux; Android 10; HD1913)~Chrome/131.0.0.0 Mobile Safari/537.36 EdgA/131.0.2903.48
          Edge|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 EdgiOS/131.2903.68 Mobile/15E148 Safari/604.1
          Opera|Windows|Desktop|Mozilla/5.0 (Windows NT 10.0; Win64; x64)~Chrome/131.0.0.0 Safari/537.36 OPR/116.0.0.0
          Opera|Android|Mobile|Mozilla/5.0 (Linux; Android 14; SM-G991B)~Chrome/131.0.0.0 Mobile Safari/537.36 OPR/86.0.0.0
          Opera|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1 OPT/5.1.1
          Opera||Mobile|Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/29.3709; U; en) Presto/2.8.119 Version/11.10
          Samsung Internet|Android|Mobile|Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S918B)~SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36
          Firefox|Windows|Desktop|Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0
          Firefox|Linux|Desktop|Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0
          Firefox|Android|Mobile|Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0
          Firefox|Android|Tablet|Mozilla/5.0 (Android 14; Tablet; rv:133.0) Gecko/133.0 Firefox/133.0
          Firefox|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/133.0 Mobile/15E148 Safari/605.1.15
          Firefox|KaiOS|Mobile|Mozilla/5.0 (Mobile; Nokia_8110_4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5
          Safari|macOS|Desktop|Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15
          Safari|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1
          Safari|iOS|Tablet|Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1
          Safari|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148
          Yandex|Windows|Desktop|Mozilla/5.0 (Windows NT 10.0; Win64; x64)~Chrome/128.0.0.0 YaBrowser/24.10.0.0 Safari/537.36
          Vivaldi|Linux|Desktop|Mozilla/5.0 (X11; Linux x86_64)~Chrome/131.0.0.0 Safari/537.36 Vivaldi/7.0.3495.23
          Whale|Windows|Desktop|Mozilla/5.0 (Windows NT 10.0; Win64; x64)~Chrome/130.0.0.0 Whale/4.29.282.14 Safari/537.36
          UC Browser|Android|Mobile|Mozilla/5.0 (Linux; U; Android 13; en-US; M2101K6G) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 UCBrowser/13.7.2 Mobile Safari/537.36
          MIUI Browser|Android|Mobile|Mozilla/5.0 (Linux; U; Android 13; en-us; 22101316G Build/TP1A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/112.0.5615.136 Mobile Safari/537.36 XiaoMi/MiuiBrowser/14.9.1-gn
          Huawei Browser|HarmonyOS|Mobile|Mozilla/5.0 (Linux; Android 12; HarmonyOS; ELS-AN00)~Chrome/114.0.5735.196 HuaweiBrowser/15.0.4.312 Mobile Safari/537.36
          QQ Browser|Android|Mobile|Mozilla/5.0 (Linux; U; Android 14; zh-cn; PHB110) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0.5414.86 MQQBrowser/15.3 Mobile Safari/537.36
          Silk|Android|Tablet|Mozilla/5.0 (Linux; Android 11; KFRAPWI)~Silk/130.4.1 like Chrome/130.0.6723.102 Safari/537.36
          DuckDuckGo|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15
          DuckDuckGo|macOS|Desktop|Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15 Ddg/18.1
          Google|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/343.0.695551749 Mobile/15E148 Safari/604.1
          Internet Explorer|Windows|Desktop|Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko
          Internet Explorer|Windows|Desktop|Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)
          Android Browser|Android|Mobile|Mozilla/5.0 (Linux; U; Android 4.0.3; de-de; GT-I9100 Build/IML74K) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30
          Instagram|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 337.0.0.27.92 (iPhone14,5; iOS 17_5; en_US; en; scale=3.00; 1170x2532; 612345678)
          Instagram|Android|Mobile|Mozilla/5.0 (Linux; Android 14; SM-S911B Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0.6778.39 Mobile Safari/537.36 Instagram 355.0.0.37.103 Android (34/14; 480dpi; 1080x2115; samsung; SM-S911B; dm1q; qcom; de_DE; 660102030)
          Facebook|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22B83 [FBAN/FBIOS;FBAV/488.0.0.71.101;FBBV/662285390;FBDV/iPhone15,2;FBMD/iPhone;FBSN/iOS;FBSV/18.1]
          Facebook|Android|Mobile|Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0.6778.39 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/489.0.0.50.80;]
          TikTok|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 musical_ly_37.0.0 JsSdk/2.0 NetType/WIFI Channel/App Store
          Snapchat|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Snapchat/13.15.0.37 (like Safari/8619.2.8.10.7, panda)
          LinkedIn|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [LinkedInApp]/9.30.3216
          Pinterest|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [Pinterest/iOS]
          WeChat|Android|Mobile|Mozilla/5.0 (Linux; Android 14; 2304FPN6DC; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 MQQBrowser/6.2 TBS/047101 Mobile Safari/537.36 MicroMessenger/8.0.54
          Line|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/14.18.0
          X|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Twitter for iPhone/10.65
          Yandex|Android|Mobile|Mozilla/5.0 (Linux; arm_64; Android 14; A1)~Chrome/120.0.0.0 YaSearchBrowser/24.17/apad BroPP/1.0 YaSearchApp/24.17/apad webOmni SA/3 Mobile Safari/537.36
          Yandex|Android|Mobile|Mozilla/5.0 (Linux; arm; Android 9; A1)~Chrome/88.0.4324.182 YaApp_Android/21.23.1/apad Mobile Safari/537.36
          Yandex|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 YaApp_iOS/24.1 Mobile/15E148 Safari/604.1
          Threads|Android|Mobile|Mozilla/5.0 (Linux; Android 14; A1; wv)~Version/4.0 Chrome/122.0.0.0 Mobile Safari/537.36 Barcelona 323.1.0.35.109 Android (34/14; 420dpi; 1080x2138; samsung; A1)
          NAVER|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/605.1 NAVER(inapp; search; 900; 11.2.5; 12)
          NAVER|Android|Mobile|Mozilla/5.0 (Linux; Android 12; A1)~Chrome/90.0.0.0 Whale/1.0.0.0 Crosswalk/26.90.3.26 Mobile Safari/537.36 NAVER(inapp; search; 1010; 11.15.1)
          QQ|iOS|Mobile|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 QQ/8.3.6.618 V1_IPH_SQ_8.3.6_1_APP_A
          QQ|Android|Mobile|Mozilla/5.0 (Linux; Android 12; A1; wv)~Version/4.0 Chrome/89.0.0.0 MQQBrowser/6.2 TBS/046011 Mobile Safari/537.36 V1_AND_SQ_8.8.50 QQ/8.8.50.6735 NetType/WIFI
          Baidu|Android|Mobile|Mozilla/5.0 (Linux; Android 10; A1; wv)~Version/4.0 Chrome/76.0.0.0 Mobile Safari/537.36 T7/12.23 SP-engine/2.35.0 baiduboxapp/12.23.0.10 (Baidu; P1 10)
          KakaoTalk|Android|Mobile|Mozilla/5.0 (Linux; Android 11; A1; wv)~Version/4.0 Chrome/94.0.0.0 Mobile Safari/537.36;KAKAOTALK 2309520
          Quark|Android|Mobile|Mozilla/5.0 (Linux; U; Android 12; zh-CN; A1)~Version/4.0 Chrome/78.0.0.0 Quark/6.0.8.236 Mobile Safari/537.36
          Chrome|Android|Mobile|Mozilla/5.0 (Linux; Android 13; Famous iPad Pro)~Chrome/131.0.0.0 Mobile Safari/537.36
          Chrome|Android|Mobile|Mozilla/5.0 (Linux; Android 13; iPhone 15 Ultra Build/TP1A)~Chrome/131.0.0.0 Mobile Safari/537.36
          Chrome|Android|Mobile|Mozilla/5.0 (Linux; Android 10; ClearPHONE 220)~Chrome/131.0.0.0 Mobile Safari/537.36
          Chrome|Android|Tablet|Mozilla/5.0 (Linux; Android 13; OUKITEL iPad X)~Chrome/131.0.0.0 Safari/537.36
          Chrome|iOS|Tablet|Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131 Version/11.1.1 Safari/605.1.15
          Firefox|KaiOS|Mobile|Mozilla/5.0 (Mobile; ALCATEL4044T; rv:37.0) Gecko/37.0 Firefox/37.0 KaiOS/1.0
          Internet Explorer|Windows|Desktop|Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.1; Trident/7.0; Tablet PC 2.0)
          Edge|Xbox|TV|Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox Series X)~Chrome/131.0.0.0 Safari/537.36 Edge/44.18363.8131
          Chrome|Tizen|TV|Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0)~94.0.4606.31/7.0 TV Chrome/94.0.4606.31 Safari/537.36
          Chrome|Android|TV|Mozilla/5.0 (Linux; Android 11; Xming Google TV; wv)~Version/4.0 Chrome/129.0.0.0 Mobile Safari/537.36
          Chrome|Android|TV|Mozilla/5.0 (Linux; Android 9; BRAVIA 4K UR2)~Chrome/131.0.0.0 Safari/537.36
          Chrome|Android|TV|Mozilla/5.0 (Linux; Android 8.1.0; TVBOX_L)~Chrome/92.0.0.0 Safari/537.36
          Chrome|Android|Mobile|Mozilla/5.0 (Linux; Android 7.0; myA9 DTV)~Chrome/131.0.0.0 Mobile Safari/537.36
          Silk|Android|TV|Mozilla/5.0 (Linux; Android 9; AFTKA)~Silk/130.4.1 like Chrome/130.0.0.0 Safari/537.36
          Opera|Linux|TV|Mozilla/5.0 (Linux armv7l)~Chrome/84.0.0.0 Safari/537.36 OPR/46.0.2207.0 OMI/4.21.4 Model/X VIDAA/5.0(X;SmartTV)
          Safari|PlayStation|TV|Mozilla/5.0 (PlayStation; PlayStation 5/8.20) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15
          Chrome|webOS|TV|Mozilla/5.0 (Web0S; Linux/SmartTV)~Chrome/94.0.4606.128 Safari/537.36 WebAppManager
          """)
  void of_browser_isKnownAndNoBot_caseB31_caseC10(
      String browser, String os, String device, String agent) {
    String text = agent.replace("~", WEBKIT);

    assertThat(UserAgent.of(text))
        .isEqualTo(new UserAgent(browser, os == null ? "" : os, device, false, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x", "Mozilla/5.0", "\u2028\u001B[31m\r\n"})
  void of_anythingElse_isUnknown(String text) {
    UserAgent agent = UserAgent.of(text);

    assertThat(agent.browser() + agent.os() + agent.device()).isEmpty();
  }
}
