/** Restricts each function's calls to DynamoDB to what its role in the template allows. */
@NullMarked
package com.visitorcount.sam.role;

import org.jspecify.annotations.NullMarked;
