/** The DynamoDB of a local run: dynalite, from npm, as a child process, and the tables in it. */
@NullMarked
package com.visitorcount.sam.database;

import org.jspecify.annotations.NullMarked;
