/**
 * What the system loader sees of Authgraft: enough to reach the rest of the jar. Kept free of
 * lambdas and of every class that the JVM has not loaded anyway.
 */
@NullMarked
package dev.authgraft.agent.launcher;

import org.jspecify.annotations.NullMarked;
