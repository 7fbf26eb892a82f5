/**
 * The statistics API: Plausible's Stats API v1 in shapes and names, and whether history adds up.
 */
@NullMarked
package com.visitorcount.read.statistics;

import org.jspecify.annotations.NullMarked;
