/** DynamoDB for a local run: dynalite, from npm, as a child process, and its tables. */
@NullMarked
package com.visitorcount.sam.database;

import org.jspecify.annotations.NullMarked;
