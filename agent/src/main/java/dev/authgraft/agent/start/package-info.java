/** Starts in a program: options, the config, what is stopped and what is said. */
@NullMarked
package dev.authgraft.agent.start;

import org.jspecify.annotations.NullMarked;
