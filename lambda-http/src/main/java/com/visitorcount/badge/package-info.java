/** Badges: small SVG images that show a label and the count of a page. */
@NullMarked
package com.visitorcount.badge;

import org.jspecify.annotations.NullMarked;
