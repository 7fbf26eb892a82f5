package com.visitorcount.increment;

import static java.util.Objects.requireNonNull;

import com.visitorcount.http.ClientAddress;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.page.PageId;
import com.visitorcount.visitor.Salts;
import com.visitorcount.visitor.VisitorToken;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Recognises visitors within a site and a UTC day. */
final class Visitors {
  private final ClientAddress address;
  private final Salts salts;

  Visitors(ClientAddress address, Salts salts) {
    this.address = requireNonNull(address, "address");
    this.salts = requireNonNull(salts, "salts");
  }

  /**
   * The visitor who views a page with a request.
   *
   * @throws com.visitorcount.counter.StoreUnavailableException if the salt cannot be read
   */
  VisitorToken visitor(HttpRequest request, PageId page, Instant at) {
    byte[] salt = salts.of(LocalDate.ofInstant(at, ZoneOffset.UTC));
    return VisitorToken.of(salt, page.site(), address.of(request), request.userAgent());
  }
}
