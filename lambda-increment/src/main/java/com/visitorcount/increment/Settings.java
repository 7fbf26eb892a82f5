package com.visitorcount.increment;

import com.visitorcount.http.ClientAddress;
import com.visitorcount.http.Environment;
import com.visitorcount.http.ProxyOnly;
import com.visitorcount.http.PublicCounts;
import com.visitorcount.http.RateLimited;
import com.visitorcount.http.SecretHash;
import com.visitorcount.http.TelemetrySettings;
import com.visitorcount.page.PageRules;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The increment function's settings.
 *
 * @param table name of the counters' table
 * @param origins origins whose pages may count
 * @param sites sites whose pages are counted
 * @param pages settings for page ids
 * @param publicCounts which counts the answer to a view may contain
 * @param countingImage whether loading an image counts a view
 * @param clientAddress finds the address that a request comes from
 * @param requestsPerSecond limit for each client; 0: no limit
 * @param proxySecret what the owner's proxy adds to each request; none: no proxy is required
 * @param senderToken what the owner's servers send to count for their visitors; none: no server is
 *     trusted
 * @param proxyHeaders lower-case names of the headers in which a proxy describes its client
 * @param excludedAddresses IP addresses whose views are not counted
 * @param countryHeader lower-case name of the header with the visitor's country, empty for none
 * @param telemetry where metrics go
 */
record Settings(
    String table,
    AllowedOrigins origins,
    CountedSites sites,
    PageRules pages,
    PublicCounts publicCounts,
    boolean countingImage,
    ClientAddress clientAddress,
    int requestsPerSecond,
    SecretHash proxySecret,
    SecretHash senderToken,
    Set<String> proxyHeaders,
    Set<String> excludedAddresses,
    String countryHeader,
    TelemetrySettings telemetry) {
  Settings {
    proxyHeaders = Set.copyOf(proxyHeaders);
    excludedAddresses = Set.copyOf(excludedAddresses);
  }

  /**
   * @throws IllegalStateException with all faults of the variables
   */
  static Settings from(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    String table = environment.required("TABLE_NAME");
    TelemetrySettings telemetry = TelemetrySettings.from(environment);
    PageRules pages = environment.pageRules();
    environment.required("ALLOWED_ORIGINS");
    AllowedOrigins origins = AllowedOrigins.of(Set.of());
    CountedSites sites = CountedSites.of(Set.of(), origins, pages.aliases());
    try {
      origins = AllowedOrigins.of(environment.list("ALLOWED_ORIGINS"));
      sites = CountedSites.of(environment.list("SITES"), origins, pages.aliases());
    } catch (IllegalArgumentException e) {
      environment.fault("ALLOWED_ORIGINS or SITES: " + e.getMessage());
    }
    boolean countingImage = environment.flag("COUNTING_IMAGE");
    ClientAddress clientAddress = ClientAddress.from(environment);
    int requestsPerSecond = RateLimited.requestsPerSecond(environment);
    SecretHash proxySecret = ProxyOnly.secret(environment);
    SecretHash senderToken = TrustedSenders.token(environment);
    String countryHeader = environment.headerName("TRUSTED_COUNTRY_HEADER");
    String addressHeader = environment.headerName("TRUSTED_IP_HEADER");
    environment.requireFaultless();
    return new Settings(
        table,
        origins,
        sites,
        pages,
        PublicCounts.from(environment),
        countingImage,
        clientAddress,
        requestsPerSecond,
        proxySecret,
        senderToken,
        headers(addressHeader, countryHeader),
        excludedAddresses(environment),
        countryHeader,
        telemetry);
  }

  private static Set<String> headers(String... names) {
    return Stream.of(names).filter(name -> !name.isEmpty()).collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> excludedAddresses(Environment environment) {
    return environment.list("EXCLUDED_IPS").stream()
        .map(address -> address.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
