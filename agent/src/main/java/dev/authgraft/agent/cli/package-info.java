/** The command line: inspects a config, and attaches the agent to a running JVM. */
@NullMarked
package dev.authgraft.agent.cli;

import org.jspecify.annotations.NullMarked;
