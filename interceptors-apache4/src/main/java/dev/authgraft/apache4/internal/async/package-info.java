/** The agent's hooks in HttpAsyncClient 4. */
@NullMarked
package dev.authgraft.apache4.internal.async;

import org.jspecify.annotations.NullMarked;
