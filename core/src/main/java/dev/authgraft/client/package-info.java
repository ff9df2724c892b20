/**
 * The types that the integration of an HTTP client uses: the {@link dev.authgraft.client.Target} of
 * a hop, the {@link dev.authgraft.client.Attempt} to authenticate it, and views of its request and
 * its response.
 */
@NullMarked
package dev.authgraft.client;

import org.jspecify.annotations.NullMarked;
