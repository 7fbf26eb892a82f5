/** Made-up views of a small site, so that the dashboard has something to show. */
@NullMarked
package com.visitorcount.local.demo;

import org.jspecify.annotations.NullMarked;
