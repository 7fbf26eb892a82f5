/**
 * Reads the SAM template: its parameters, its functions with their roles, its tables. Only what a
 * local run needs is evaluated, so an alarm or a dashboard cannot be in its way.
 */
@NullMarked
package com.visitorcount.sam.template;

import org.jspecify.annotations.NullMarked;
