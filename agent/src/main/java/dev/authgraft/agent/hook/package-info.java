/** Hooks the methods of HTTP clients, and links each client to the module that serves it. */
@NullMarked
package dev.authgraft.agent.hook;

import org.jspecify.annotations.NullMarked;
