/**
 * What the HTTP functions share: requests and responses without a vendor type in sight, problems,
 * the record each request leaves, and settings.
 */
@NullMarked
package com.visitorcount.http;

import org.jspecify.annotations.NullMarked;
