/** Reads a config: each reader turns one section into what it says, or into problems. */
@NullMarked
package dev.authgraft.internal.config;

import org.jspecify.annotations.NullMarked;
