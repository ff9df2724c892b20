/** Which rule decides about a hop. */
@NullMarked
package dev.authgraft.internal.rule;

import org.jspecify.annotations.NullMarked;
