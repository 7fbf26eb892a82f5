/** Lambda's API, as far as a local run needs it. */
@NullMarked
package com.visitorcount.sam.lambda;

import org.jspecify.annotations.NullMarked;
