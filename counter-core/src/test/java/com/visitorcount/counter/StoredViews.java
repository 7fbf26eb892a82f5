package com.visitorcount.counter;

import com.visitorcount.view.Facts;
import com.visitorcount.view.View;

/** What becomes of a view's facts on their way through the table. */
public final class StoredViews {
  private StoredViews() {}

  public static Facts readBack(View view) {
    return LastView.of(view.page(), LastView.attribute(view)).facts();
  }
}
