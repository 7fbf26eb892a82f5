package com.visitorcount.counter;

import com.visitorcount.view.Facts;
import com.visitorcount.view.View;

/** Passes the facts of views through the table's format. */
public final class StoredViews {
  private StoredViews() {}

  public static Facts readBack(View view) {
    return LastView.of(view.page(), LastView.attribute(view)).facts();
  }
}
