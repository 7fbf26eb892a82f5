/** Amazon SNS, as far as the functions use it. */
@NullMarked
package com.visitorcount.sam.topic;

import org.jspecify.annotations.NullMarked;
