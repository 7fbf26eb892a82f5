/** Pages and events: what is counted. */
@NullMarked
package com.visitorcount.page;

import org.jspecify.annotations.NullMarked;
