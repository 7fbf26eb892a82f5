/** Writes Apache Parquet: as much of the format as flat rows need. */
@NullMarked
package com.visitorcount.lake.parquet;

import org.jspecify.annotations.NullMarked;
