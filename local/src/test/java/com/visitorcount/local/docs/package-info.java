/** What the texts of the repository say, held against what is there. */
@NullMarked
package com.visitorcount.local.docs;

import org.jspecify.annotations.NullMarked;
