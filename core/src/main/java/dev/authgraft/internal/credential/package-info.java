/** Keeps a credential: one login for all callers, renewal, rejection, back-off. */
@NullMarked
package dev.authgraft.internal.credential;

import org.jspecify.annotations.NullMarked;
