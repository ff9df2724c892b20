/** Serves the execution chain of the blocking client. */
@NullMarked
package dev.authgraft.apache.internal.classic;

import org.jspecify.annotations.NullMarked;
