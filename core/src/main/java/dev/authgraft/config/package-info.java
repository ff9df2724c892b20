/** What is wrong with a config. Plain values. */
@NullMarked
package dev.authgraft.config;

import org.jspecify.annotations.NullMarked;
