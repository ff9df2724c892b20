/** The command line: the config seen by an operator, and the way into a JVM that runs. */
@NullMarked
package dev.authgraft.agent.cli;

import org.jspecify.annotations.NullMarked;
