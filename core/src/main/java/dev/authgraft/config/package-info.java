/** The problems of a config, as immutable values. */
@NullMarked
package dev.authgraft.config;

import org.jspecify.annotations.NullMarked;
