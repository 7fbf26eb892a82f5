package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The address that a request comes from. Only the other end of the connection is certain; behind a
 * proxy that is the proxy, which passes on the client's address in a header. Anybody can send such
 * a header, so it is trusted only if the owner names it.
 */
public final class ClientAddress {
  private static final Pattern ADDRESS = Pattern.compile("[0-9a-f.:]{2,45}");

  /** The only header in which every address has a port, even IPv6 without brackets. */
  private static final String ALWAYS_WITH_PORT = "cloudfront-viewer-address";

  private static final int NETWORK_BYTES = 8;

  private final String header;

  /**
   * @param trustedHeader lower-case name of the header whose last entry is the client's address;
   *     empty for none
   */
  public ClientAddress(String trustedHeader) {
    this.header = requireNonNull(trustedHeader, "trustedHeader");
  }

  /** Trusts the header that {@code TRUSTED_IP_HEADER} names. */
  public static ClientAddress from(Environment environment) {
    return new ClientAddress(environment.headerName("TRUSTED_IP_HEADER"));
  }

  /** The client's IP address. Never store or log it. */
  public String of(HttpRequest request) {
    String value = header.isEmpty() ? null : request.header(header);
    if (value == null) {
      return request.sourceIp();
    }
    // entries further left were sent by the client
    String address = withoutPort(value.substring(value.lastIndexOf(',') + 1).strip());
    return ADDRESS.matcher(address).matches() ? address : request.sourceIp();
  }

  /**
   * The client's IPv4 address, or the /64 network of its IPv6 address, within which a client can
   * pick any address. Never store or log it.
   */
  public String networkOf(HttpRequest request) {
    String address = of(request);
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      // never a DNS lookup: text with a colon is an address or an error
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, NETWORK_BYTES)));
    } catch (UnknownHostException e) {
      return address;
    }
  }

  private String withoutPort(String entry) {
    String address = entry.toLowerCase(Locale.ROOT);
    int colon = address.lastIndexOf(':');
    if (address.startsWith("[")) {
      return address.substring(1, Math.max(1, address.indexOf(']')));
    }
    boolean hasPort =
        colon >= 0 && (header.equals(ALWAYS_WITH_PORT) || colon == address.indexOf(':'));
    return hasPort ? address.substring(0, colon) : address;
  }
}
