/** What the agent and {@code OkHttpAuth} share. Not for programs: it changes without notice. */
@NullMarked
package dev.authgraft.okhttp.internal;

import org.jspecify.annotations.NullMarked;
