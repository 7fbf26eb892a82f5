/**
 * The counters on the emulated DynamoDB, with and without faults, with and without their
 * safeguards.
 */
@NullMarked
package com.visitorcount.local.store;

import org.jspecify.annotations.NullMarked;
