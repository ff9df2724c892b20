/** Patterns of hosts and paths. */
@NullMarked
package dev.authgraft.internal.match;

import org.jspecify.annotations.NullMarked;
