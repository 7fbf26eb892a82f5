/**
 * What the HTTP functions share: requests and responses without AWS types, problems, the record of
 * each request, and settings.
 */
@NullMarked
package com.visitorcount.http;

import org.jspecify.annotations.NullMarked;
