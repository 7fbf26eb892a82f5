/** Closed days as Parquet files, under names that Athena, DuckDB and others take for partitions. */
@NullMarked
package com.visitorcount.lake;

import org.jspecify.annotations.NullMarked;
