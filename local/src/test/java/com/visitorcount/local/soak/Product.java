package com.visitorcount.local.soak;

import java.net.URI;

/**
 * The addresses of a product that is running.
 *
 * @param site of the demo site
 * @param increment of the increment function, with a slash at the end
 * @param read of the read function, with a slash at the end
 */
record Product(URI site, URI increment, URI read) {}
