/** What stands for S3. */
@NullMarked
package com.visitorcount.local.storage;

import org.jspecify.annotations.NullMarked;
