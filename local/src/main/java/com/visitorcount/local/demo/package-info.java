/** Made-up views of a small site, for a dashboard with something in it. */
@NullMarked
package com.visitorcount.local.demo;

import org.jspecify.annotations.NullMarked;
