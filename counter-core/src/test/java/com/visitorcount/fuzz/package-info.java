/** Input that is almost right, for tests of whatever reads input. */
@NullMarked
package com.visitorcount.fuzz;

import org.jspecify.annotations.NullMarked;
