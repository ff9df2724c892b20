/** Looks at the body of an answer without the program noticing. */
@NullMarked
package dev.authgraft.internal.body;

import org.jspecify.annotations.NullMarked;
