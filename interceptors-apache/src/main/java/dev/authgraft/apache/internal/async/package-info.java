/** Serves the execution chain of the asynchronous client, whose threads never wait. */
@NullMarked
package dev.authgraft.apache.internal.async;

import org.jspecify.annotations.NullMarked;
