/** The product's cost, computed from what it does: the source of {@code docs/cost.md}. */
@NullMarked
package com.visitorcount.local.cost;

import org.jspecify.annotations.NullMarked;
