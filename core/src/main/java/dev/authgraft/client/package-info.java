/**
 * What the integration of an HTTP client works with: the {@link dev.authgraft.client.Target} of a
 * hop, the {@link dev.authgraft.client.Attempt} that says what becomes of it, and views of its
 * request and answer.
 */
@NullMarked
package dev.authgraft.client;

import org.jspecify.annotations.NullMarked;
