/** Hooks in the clients that {@code HttpClientBuilder} makes. */
@NullMarked
package dev.authgraft.apache4.internal.chain;

import org.jspecify.annotations.NullMarked;
