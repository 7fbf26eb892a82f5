/** A stand-in for S3. */
@NullMarked
package com.visitorcount.sam.storage;

import org.jspecify.annotations.NullMarked;
