package com.visitorcount.increment;

import com.visitorcount.http.ClientAddress;
import com.visitorcount.http.Environment;
import com.visitorcount.http.ProxyOnly;
import com.visitorcount.http.RateLimited;
import com.visitorcount.http.SecretHash;
import com.visitorcount.http.TelemetrySettings;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The increment function's settings.
 *
 * @param table name of the counters' table
 * @param origins origins whose pages may count
 * @param sites sites whose pages are counted
 * @param keptQueryParameters query parameters that are part of a page's id
 * @param countingImage whether loading an image counts a view
 * @param clientAddress tells where a request comes from
 * @param requestsPerSecond of each client; 0: no limit
 * @param proxySecret what the owner's proxy adds to each request; none: no proxy is needed
 * @param excludedAddresses IP addresses whose views are not counted
 * @param countryHeader lower-case name of the header that has the visitor's country, empty for none
 * @param telemetry where metrics go
 */
record Settings(
    String table,
    AllowedOrigins origins,
    Sites sites,
    Set<String> keptQueryParameters,
    boolean countingImage,
    ClientAddress clientAddress,
    int requestsPerSecond,
    SecretHash proxySecret,
    Set<String> excludedAddresses,
    String countryHeader,
    TelemetrySettings telemetry) {
  Settings {
    keptQueryParameters = Set.copyOf(keptQueryParameters);
    excludedAddresses = Set.copyOf(excludedAddresses);
  }

  /**
   * @throws IllegalStateException with everything that is wrong with the variables
   */
  static Settings from(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    String table = environment.required("TABLE_NAME");
    TelemetrySettings telemetry = TelemetrySettings.from(environment);
    environment.required("ALLOWED_ORIGINS");
    AllowedOrigins origins = AllowedOrigins.of(Set.of());
    Sites sites = Sites.of(Set.of(), origins);
    try {
      origins = AllowedOrigins.of(environment.list("ALLOWED_ORIGINS"));
      sites = Sites.of(environment.list("SITES"), origins);
    } catch (IllegalArgumentException e) {
      environment.fault("ALLOWED_ORIGINS or SITES: " + e.getMessage());
    }
    boolean countingImage = environment.flag("COUNTING_IMAGE");
    ClientAddress clientAddress = ClientAddress.from(environment);
    int requestsPerSecond = RateLimited.requestsPerSecond(environment);
    SecretHash proxySecret = ProxyOnly.secret(environment);
    String countryHeader = environment.headerName("TRUSTED_COUNTRY_HEADER");
    environment.requireFaultless();
    return new Settings(
        table,
        origins,
        sites,
        environment.list("KEPT_QUERY_PARAMETERS"),
        countingImage,
        clientAddress,
        requestsPerSecond,
        proxySecret,
        excludedAddresses(environment),
        countryHeader,
        telemetry);
  }

  private static Set<String> excludedAddresses(Environment environment) {
    return environment.list("EXCLUDED_IPS").stream()
        .map(address -> address.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
