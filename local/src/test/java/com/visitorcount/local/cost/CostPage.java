package com.visitorcount.local.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of {@code docs/cost.md}. */
final class CostPage {
  private static final long MILLION = 1_000_000;
  private static final List<Long> VOLUMES =
      List.of(10_000L, 100_000L, MILLION, 10 * MILLION, 100 * MILLION);
  private static final int PERIOD_READ_UNITS = 90;
  private static final int MINUTES_OF_A_MONTH = 30 * 24 * 60;
  private static final List<Integer> WINDOWS = List.of(30, 60, 120, 180, 300);

  private final Inputs inputs;
  private final HistoryLoad load;
  private final Map<Long, Bill> bills = new LinkedHashMap<>();
  private final Map<Long, Bill> problemsOnly = new LinkedHashMap<>();

  CostPage(Inputs inputs) {
    this.inputs = inputs;
    this.load = HistoryLoad.of(MILLION, inputs.windowSeconds());
    for (long views : VOLUMES) {
      HistoryLoad its =
          views < MILLION
              ? HistoryLoad.of(views, inputs.windowSeconds())
              : HistoryLoad.of(views, inputs.windowSeconds(), load);
      bills.put(views, new Bill(inputs, its, views, true));
      problemsOnly.put(views, new Bill(inputs, its, views, false));
    }
  }

  private Bill million() {
    return bill(bills);
  }

  private static Bill bill(Map<Long, Bill> bills) {
    return bills.values().stream().skip(VOLUMES.indexOf(MILLION)).findFirst().orElseThrow();
  }

  /** The cost of a million views, at a million a month. */
  String price() {
    return dollars(million().perMillionViews());
  }

  /** The same with {@code RequestRecords=problems}. */
  String priceOfProblemsOnly() {
    return dollars(bill(problemsOnly).perMillionViews());
  }

  /** The same if browsers also fetch {@code v.js} from the owner's site. */
  String priceWithTrackerOnOwnSite() {
    return dollars(million().perMillionViewsWithoutTracker());
  }

  private String priceOfProblemsOnlyWithTrackerOnOwnSite() {
    return dollars(bill(problemsOnly).perMillionViewsWithoutTracker());
  }

  String text() {
    return """
    # What it costs

    *This page is made by a test, `CostTest`, from what the functions do and AWS's list prices; edit `CostPage` and not
    this text.* Prices: us-east-1, %s. Nothing was tried on AWS, and AWS's bill is the truth.

    A million views, at a million a month, by list prices and with nothing free, with four shards in the stream and
    everything on:

    | | each view has a log record | with `RequestRecords=problems` |
    | --- | --: | --: |
    | [`v.js` on your own site](tracker.md#on-your-own-site) | **%s** | %s |
    | `v.js` served by the read function, one fetch for each visitor of a day | **%s** | %s |

    In an account that uses nothing else, AWS's monthly allowances leave %s to pay of the bill below, which includes `v.js`.
    Alarms cost %s a month more.

    ## A month, by views

    | dollars a month | %s |
    | --- | %s |
    %s
    | **in all** | %s |
    | **a million views** | %s |
    | in all, with `RequestRecords=problems` | %s |
    | in all, less what each account gets free every month | %s |

    One site, a year after it began. What is free every month: a million requests and 400,000 GB-seconds of Lambda, 5 GB
    of log, 100 GB sent, 25 GB in tables. Write units, the largest line, are never free.

    ## Where the figures come from

    | figure | value | source |
    | --- | --- | --- |
    | write units of a view or an event | 1 | an item is at most 1,024 bytes: `ItemSizeTest` |
    | record of a view in the log | %d bytes | printed by the function, for a page of 27 characters |
    | record of a batch, of an hourly run | %d and %d bytes | printed by the functions |
    | batches of the stream for each view, at a million views a month | %s | simulated: a day's traffic over %d shards, each gathering for %d seconds |
    | write units of chunks for each view | %s | the same, by the code that writes them |
    | write units of all else in history | %s | the same: hours, closed days, sequences, summaries |
    | bytes that stay for ever, for each view | %s | the same |
    | `v.js` | %s bytes, %s fetches for each view | the file; the simulated visitors of a day, for which browsers keep it |
    | duration of a view, a file, a batch, an hourly run | %d, %d, %d and %,d ms | **assumed**. A millisecond more of a view is %s a million |
    | answer to a view, to a read; with `v.js` | %d, %d; %,d bytes | sent by the functions, and the headers that a Function URL was seen to add: `FunctionUrlHead`. Without TLS |
    | memory | %d MB, arm64 | the template |
    | shards | %d | a new table on demand has four partitions, each with a shard, by AWS's documentation |

    Left out, since they cost nothing or next to nothing: cold starts (SnapStart is free for Java), the stream itself (Lambda
    reads it for nothing), the schedule, AppConfig, the bucket and the queue for batches that were given up,
    e-mails, the encryption key that DynamoDB owns, and the jars in S3. Also left out are the few kilobytes with which each
    connection begins (TLS): we found nothing on whether AWS bills them.

    ## How long views are gathered

    `HistoryDelaySeconds` is how long each shard gathers views, and so how old the newest view in the statistics may be.
    "Visitors now" are those of the last five minutes: on average, half a window of these is still missing, which is a
    fifth at 120 seconds, a tenth at 60, and half at 300. A batch is an invocation, a record and at least one write unit.

    | seconds | batches for each view | dollars a million views for history, at a million a month |
    | --- | --: | --: |
    %s

    A site with few views has a batch for nearly every view, whatever the window. That doubles the price of a view, and still
    comes to cents a month.

    ## What is extra

    | a million | dollars |
    | --- | --: |
    | counts that a counter element or badge reads: request, %d ms, one read unit, record, answer | %s |
    | the same with `RequestRecords=problems` | %s |
    | views that are refused or dropped: request, duration, record, answer, no write | %s |
    | messages about [engagement](tracker.md#engagement), about one for each view: request, %d ms, one write unit, record, answer, a view's share of chunks and batches | %s |
    | numbers of a site or a period, when they are read from history: as a count, with %d read units (**assumed**: 30 summaries of 8 KB, two open days of 33,000 views) | %s |

    Browsers and image proxies keep a badge for five minutes. The dashboard asks about a dozen questions when it is opened: a
    thousand openings cost a cent or two, or a few cents when filters read months of a large site. "Online now" reads only
    what arrived in the last hour or two: at a million views a month, at most 21 read units (`RealtimeCostTest`). One
    dashboard that stays open asks each minute, which is 30,000 units or 0.4 cents a day.

    A function instance reads a site's period from history at most once a minute, whatever is asked: at most %s a month for
    numbers that are asked for all the time.

    ## What costs without a visit

    When nobody visits, an hourly function, alarms and metrics remain.

    | | a month |
    | --- | --- |
    | %d alarms, each on one metric: $0.10 each, ten are free in an account | %s, or %s beside others |
    | %d metrics: $0.30 each, ten are free in an account | %s, or %s beside others |
    | 1 CloudWatch dashboard: $3 each, three are free in an account | $0, or $3.00 beside others |
    | hourly run, 720 times | %s |

    A metric is paid only for hours in which it is counted. An hourly run without news makes %d call of DynamoDB,
    however many sites there are. With a [lake](lake.md), there are one alarm and one metric more, and each site and day
    with views costs one PUT to S3: $5 per million.

    ## What others charge

    | | a million views a month | what it includes | source |
    | --- | --- | --- | --- |
    | **VisitorCount** | **%s**, or %s with `v.js` from the function; %s for alarms | your own AWS account and your own work; sites, history and API without limit of their own | above |
    | serverless-website-analytics, in your AWS account | $10.18 or $14.64 | the same; statistics 15 minutes late | its README and its `docs/COST.md`, which differ and call it a worst case; the first as noted in November 2026, not found again |
    | Plausible | from $9 for 10,000 views; about $69 for a million (not confirmed) | hosted; 1 site and 3 years at that price, API only in dearer plans | plausible.io/#pricing, as recorded on 13 August 2026 |
    | Fathom | $60 | hosted; 50 sites, kept for ever, API | usefathom.com/pricing, as recorded on 12 June 2026 |
    | Umami Cloud | from $20 (a million events included: not confirmed) | hosted; free below a limit, API from $20. Self-hosted: free software on your own server | umami.is/pricing, as recorded on 13 August 2026 |
    | Simple Analytics | from $20 for 100,000 views; a million is not published | hosted; a free plan beside it | simpleanalytics.com/pricing, as recorded on 13 August 2026 |

    Hosted services run it for you, and have goals, funnels and support: their price buys something else. "As recorded" is by
    the API Evangelist catalogue, which reads providers' own pages.

    ## Ceilings

    `MaxWriteRequestUnits` and `MaxReadRequestUnits` bound what a flood costs DynamoDB, reserved concurrency what it costs
    Lambda: [in dollars a day](operations.md#what-a-day-can-cost-at-most).
    """
        .formatted(
            ListPrices.DATE,
            priceWithTrackerOnOwnSite(),
            priceOfProblemsOnlyWithTrackerOnOwnSite(),
            price(),
            priceOfProblemsOnly(),
            dollars(million().totalBeyondWhatIsFree()),
            dollars(alarms()),
            VOLUMES.stream().map("%,d"::formatted).collect(Collectors.joining(" | ")),
            VOLUMES.stream().map(views -> "--:").collect(Collectors.joining(" | ")),
            lines(),
            row(bills, Bill::total),
            row(bills, Bill::perMillionViews),
            row(problemsOnly, Bill::total),
            row(bills, Bill::totalBeyondWhatIsFree),
            inputs.viewRecordBytes(),
            inputs.batchRecordBytes(),
            inputs.hourlyRecordBytes(),
            number(load.batches(), 2),
            HistoryLoad.SHARDS,
            inputs.windowSeconds(),
            number(load.chunkUnits(), 2),
            number(load.laterUnits(), 3),
            number(load.lastingBytes(), 1),
            inputs.trackerBytes(),
            number(load.visits(), 2),
            Inputs.VIEW_MILLIS,
            Inputs.FILE_MILLIS,
            Inputs.BATCH_MILLIS,
            Inputs.HOURLY_MILLIS,
            dollars(inputs.gigabyteSeconds(MILLION, 1) * ListPrices.GIGABYTE_SECOND),
            inputs.viewAnswerBytes(),
            inputs.readAnswerBytes(),
            inputs.trackerAnswerBytes(),
            inputs.memoryMegabytes(),
            HistoryLoad.SHARDS,
            windows(),
            Inputs.READ_MILLIS,
            dollars(reads(inputs.readRecordBytes(), ListPrices.READ_UNIT)),
            dollars(reads(0, ListPrices.READ_UNIT)),
            dollars(reads(inputs.droppedRecordBytes(), 0)),
            Inputs.VIEW_MILLIS,
            dollars(engagement()),
            PERIOD_READ_UNITS,
            dollars(reads(inputs.readRecordBytes(), PERIOD_READ_UNITS * ListPrices.READ_UNIT)),
            dollars(MINUTES_OF_A_MONTH * PERIOD_READ_UNITS * ListPrices.READ_UNIT),
            inputs.alarms(),
            dollars(alarms()),
            dollars(inputs.alarms() * ListPrices.ALARM),
            inputs.metrics(),
            dollars(Math.max(0, inputs.metrics() - ListPrices.FREE_METRICS) * ListPrices.METRIC),
            dollars(inputs.metrics() * ListPrices.METRIC),
            dollars(
                million().lines().entrySet().stream()
                    .filter(line -> line.getKey().startsWith("hourly run"))
                    .mapToDouble(Map.Entry::getValue)
                    .sum()),
            HistoryLoad.callsOfARunWithoutNews(5),
            priceWithTrackerOnOwnSite(),
            price(),
            dollars(alarms()));
  }

  private double alarms() {
    return Math.max(0, inputs.alarms() - ListPrices.FREE_ALARMS) * ListPrices.ALARM;
  }

  /** The cost of a million requests that write nothing. */
  private double reads(int recordBytes, double storeDollars) {
    return MILLION
        * (ListPrices.REQUEST
            + inputs.gigabyteSeconds(1, Inputs.READ_MILLIS) * ListPrices.GIGABYTE_SECOND
            + storeDollars
            + recordBytes * ListPrices.LOG_BYTE
            + inputs.readAnswerBytes() * ListPrices.SENT_BYTE);
  }

  /** The cost of a million messages, each written, logged and collected like a view. */
  private double engagement() {
    return million().lines().entrySet().stream()
            .filter(line -> line.getKey().matches("(counting|history: chunks|batches).*"))
            .mapToDouble(Map.Entry::getValue)
            .sum()
        + MILLION * inputs.viewAnswerBytes() * ListPrices.SENT_BYTE;
  }

  private String lines() {
    List<String> rows = new ArrayList<>();
    for (String name : million().lines().keySet()) {
      rows.add(
          "| " + name + " | " + row(bills, bill -> bill.lines().getOrDefault(name, 0.0)) + " |");
    }
    return String.join("\n", rows);
  }

  private static String row(Map<Long, Bill> bills, ToDoubleFunction<Bill> dollars) {
    return bills.values().stream()
        .map(bill -> number(dollars.applyAsDouble(bill), 2))
        .collect(Collectors.joining(" | "));
  }

  private String windows() {
    return WINDOWS.stream()
        .flatMap(
            seconds -> {
              boolean ours = seconds == inputs.windowSeconds();
              HistoryLoad its = HistoryLoad.of(MILLION, seconds, load);
              double dollars =
                  new Bill(inputs, its, MILLION, true)
                      .lines().entrySet().stream()
                          .filter(line -> line.getKey().matches("(history|batches).*"))
                          .mapToDouble(Map.Entry::getValue)
                          .sum();
              return Stream.of(
                  "| %d%s | %s | %s |"
                      .formatted(
                          seconds,
                          ours ? ", the default" : "",
                          number(its.batches(), 2),
                          number(dollars, 2)));
            })
        .collect(Collectors.joining("\n"));
  }

  private static String dollars(double amount) {
    return "$" + number(amount, 2);
  }

  private static String number(double number, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", number);
  }
}
