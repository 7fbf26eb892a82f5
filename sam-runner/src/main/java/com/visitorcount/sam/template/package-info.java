/**
 * Reads the SAM template: its parameters, functions with roles, and tables. Only what a local run
 * needs is evaluated, so an alarm or a dashboard cannot get in the way.
 */
@NullMarked
package com.visitorcount.sam.template;

import org.jspecify.annotations.NullMarked;
