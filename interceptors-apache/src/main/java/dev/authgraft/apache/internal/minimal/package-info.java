/** Serves the minimal clients, which have no execution chain. */
@NullMarked
package dev.authgraft.apache.internal.minimal;

import org.jspecify.annotations.NullMarked;
