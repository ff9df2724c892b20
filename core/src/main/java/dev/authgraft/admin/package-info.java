/** A config as an operator sees it. Plain values. */
@NullMarked
package dev.authgraft.admin;

import org.jspecify.annotations.NullMarked;
