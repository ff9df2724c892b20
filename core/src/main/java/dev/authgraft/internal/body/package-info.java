/** Reads the beginning of an answer's body ahead of the program. */
@NullMarked
package dev.authgraft.internal.body;

import org.jspecify.annotations.NullMarked;
