/** Runs template.yaml on one machine. */
@NullMarked
package com.visitorcount.local;

import org.jspecify.annotations.NullMarked;
