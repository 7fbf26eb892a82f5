/** The HTTP server that the Function URLs and the demo site run on. */
@NullMarked
package com.visitorcount.sam.http;

import org.jspecify.annotations.NullMarked;
