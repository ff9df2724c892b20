/** Output for a person at a terminal. */
@NullMarked
package dev.authgraft.agent.terminal;

import org.jspecify.annotations.NullMarked;
