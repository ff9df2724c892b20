/**
 * The only classes of Authgraft that the system class loader sees; they load the rest of the jar.
 * They use no lambdas and only classes that the JVM has loaded anyway.
 */
@NullMarked
package dev.authgraft.agent.launcher;

import org.jspecify.annotations.NullMarked;
