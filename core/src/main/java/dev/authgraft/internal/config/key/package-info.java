/** The declarations of sections and keys, from which a config is read, shown and described. */
@NullMarked
package dev.authgraft.internal.config.key;

import org.jspecify.annotations.NullMarked;
