/**
 * Function URLs: turns HTTP requests into events of a function, and its answers into HTTP
 * responses.
 */
@NullMarked
package com.visitorcount.sam.url;

import org.jspecify.annotations.NullMarked;
