/** Almost valid input, for tests of everything that reads input. */
@NullMarked
package com.visitorcount.fuzz;

import org.jspecify.annotations.NullMarked;
