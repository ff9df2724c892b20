/** What the agent and {@code ApacheAuth} share. Not for programs: it changes without notice. */
@NullMarked
package dev.authgraft.apache.internal;

import org.jspecify.annotations.NullMarked;
