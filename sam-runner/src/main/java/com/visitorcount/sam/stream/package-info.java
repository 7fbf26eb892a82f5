/** Delivers the records of tables' streams to the functions that the template maps them to. */
@NullMarked
package com.visitorcount.sam.stream;

import org.jspecify.annotations.NullMarked;
