/** Hooks in {@code DefaultHttpClient} and its kind. */
@NullMarked
package dev.authgraft.apache4.internal.director;

import org.jspecify.annotations.NullMarked;
