/** What the agent calls in a client integration. */
@NullMarked
package dev.authgraft.internal.hook;

import org.jspecify.annotations.NullMarked;
