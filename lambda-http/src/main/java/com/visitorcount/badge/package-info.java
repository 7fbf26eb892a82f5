/** Badges: small SVG images with a label and the count of a page. */
@NullMarked
package com.visitorcount.badge;

import org.jspecify.annotations.NullMarked;
