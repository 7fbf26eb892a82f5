package com.visitorcount.read;

import com.visitorcount.history.ShareGenerations;
import com.visitorcount.http.ClientAddress;
import com.visitorcount.http.Environment;
import com.visitorcount.http.ProxyOnly;
import com.visitorcount.http.PublicCounts;
import com.visitorcount.http.RateLimited;
import com.visitorcount.http.SecretHash;
import com.visitorcount.http.TelemetrySettings;
import com.visitorcount.page.PageRules;
import com.visitorcount.read.statistics.StatisticsAccess;
import java.util.Map;

/**
 * The read function's settings.
 *
 * @param table name of the counters' table
 * @param historyTable name of the history table
 * @param pages settings for page ids
 * @param clientAddress finds the address that a request comes from
 * @param requestsPerSecond limit for each client; 0: no limit
 * @param proxySecret what the owner's proxy adds to each request; none: no proxy is required
 * @param incrementUrl where views are counted; empty: not known
 * @param statisticsAccess who may read statistics
 * @param countAccess who may read counts
 * @param telemetry where metrics go
 */
record Settings(
    String table,
    String historyTable,
    PageRules pages,
    ClientAddress clientAddress,
    int requestsPerSecond,
    SecretHash proxySecret,
    String incrementUrl,
    StatisticsAccess statisticsAccess,
    CountAccess countAccess,
    TelemetrySettings telemetry) {
  /** The same settings with revocable keys to statistics. */
  Settings with(ShareGenerations generations) {
    StatisticsAccess access = statisticsAccess.with(generations);
    return new Settings(
        table,
        historyTable,
        pages,
        clientAddress,
        requestsPerSecond,
        proxySecret,
        incrementUrl,
        access,
        new CountAccess(countAccess.publicCounts(), access),
        telemetry);
  }

  /**
   * @throws IllegalStateException with all faults of the variables
   */
  static Settings from(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    String table = environment.required("TABLE_NAME");
    String historyTable = environment.required("HISTORY_TABLE_NAME");
    TelemetrySettings telemetry = TelemetrySettings.from(environment);
    ClientAddress clientAddress = ClientAddress.from(environment);
    int requestsPerSecond = RateLimited.requestsPerSecond(environment);
    SecretHash proxySecret = ProxyOnly.secret(environment);
    boolean everyone = environment.flag("PUBLIC_STATISTICS");
    StatisticsAccess access = StatisticsAccess.of(everyone, "", "");
    try {
      access =
          StatisticsAccess.of(
              everyone,
              environment.optional("STATISTICS_TOKEN_SHA256"),
              environment.optional("STATISTICS_SHARE_SECRET"));
    } catch (IllegalArgumentException e) {
      environment.fault("STATISTICS_TOKEN_SHA256 " + e.getMessage());
    }
    PageRules pages = environment.pageRules();
    environment.requireFaultless();
    return new Settings(
        table,
        historyTable,
        pages,
        clientAddress,
        requestsPerSecond,
        proxySecret,
        environment.optional("INCREMENT_URL"),
        access,
        new CountAccess(PublicCounts.from(environment), access),
        telemetry);
  }
}
