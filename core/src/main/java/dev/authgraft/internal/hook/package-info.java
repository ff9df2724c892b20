/** The interfaces through which the agent calls a client module. */
@NullMarked
package dev.authgraft.internal.hook;

import org.jspecify.annotations.NullMarked;
