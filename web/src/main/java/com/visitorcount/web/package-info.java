/** The static files that browsers load, by request path. */
@NullMarked
package com.visitorcount.web;

import org.jspecify.annotations.NullMarked;
