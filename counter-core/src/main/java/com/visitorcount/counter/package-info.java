/** Counting views in DynamoDB, and reading the counts. */
@NullMarked
package com.visitorcount.counter;

import org.jspecify.annotations.NullMarked;
