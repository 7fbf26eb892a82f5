/** Views and events, and the facts about them. */
@NullMarked
package com.visitorcount.view;

import org.jspecify.annotations.NullMarked;
