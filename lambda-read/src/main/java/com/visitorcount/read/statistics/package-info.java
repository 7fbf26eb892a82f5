/**
 * The statistics API: Plausible's Stats API v1 in structure and names, and the check whether
 * history adds up.
 */
@NullMarked
package com.visitorcount.read.statistics;

import org.jspecify.annotations.NullMarked;
