/** The product beside what else one could take for the same work, in the same run. */
@NullMarked
package com.visitorcount.benchmarks;

import org.jspecify.annotations.NullMarked;
