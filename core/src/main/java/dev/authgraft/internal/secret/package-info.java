/**
 * Secrets: where they are read from, the templates that use them, and what keeps them out of texts.
 */
@NullMarked
package dev.authgraft.internal.secret;

import org.jspecify.annotations.NullMarked;
