/** What Authgraft's own modules share. Not for programs: it changes without notice. */
@NullMarked
package dev.authgraft.internal;

import org.jspecify.annotations.NullMarked;
