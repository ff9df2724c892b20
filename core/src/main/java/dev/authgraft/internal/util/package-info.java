/** Helpers that know nothing of authentication. */
@NullMarked
package dev.authgraft.internal.util;

import org.jspecify.annotations.NullMarked;
