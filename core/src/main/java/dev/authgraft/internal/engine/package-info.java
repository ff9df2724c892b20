/**
 * Puts the other packages together: decides about hops by the config in force, follows its changes,
 * explains it.
 */
@NullMarked
package dev.authgraft.internal.engine;

import org.jspecify.annotations.NullMarked;
