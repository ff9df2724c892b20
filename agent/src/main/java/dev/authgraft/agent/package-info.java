/** The agent: finds the clients of a program and hands their calls to the client modules. */
@NullMarked
package dev.authgraft.agent;

import org.jspecify.annotations.NullMarked;
