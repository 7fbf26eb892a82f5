package com.visitorcount.local.soak;

import java.net.URI;

/**
 * The URLs of a running product.
 *
 * @param site of the demo site
 * @param increment of the increment function, with a trailing slash
 * @param read of the read function, with a trailing slash
 */
record Product(URI site, URI increment, URI read) {}
