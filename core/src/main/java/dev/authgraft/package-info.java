/**
 * Authentication for the requests of a program that has none.
 *
 * <p>A rule chooses a strategy for the {@link dev.authgraft.client.Target} of one hop; the strategy
 * obtains a credential, keeps it fresh and applies it. {@link dev.authgraft.Authgraft} is the way
 * in.
 */
@NullMarked
package dev.authgraft;

import org.jspecify.annotations.NullMarked;
