/** The function jars as built, under AWS's own runtime interface client. */
@NullMarked
package com.visitorcount.local.packaged;

import org.jspecify.annotations.NullMarked;
