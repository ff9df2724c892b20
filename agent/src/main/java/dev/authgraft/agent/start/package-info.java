/** The start in a program: options, reading the config, stopping the program, the log. */
@NullMarked
package dev.authgraft.agent.start;

import org.jspecify.annotations.NullMarked;
