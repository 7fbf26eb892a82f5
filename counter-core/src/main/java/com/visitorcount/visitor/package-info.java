/** Telling visitors apart for a day, without knowing who they are. */
@NullMarked
package com.visitorcount.visitor;

import org.jspecify.annotations.NullMarked;
