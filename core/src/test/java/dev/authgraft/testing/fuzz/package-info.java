/** Calls at random, and what each hop of them may and must carry. */
@NullMarked
package dev.authgraft.testing.fuzz;

import org.jspecify.annotations.NullMarked;
