/** Code that both execution chains share. */
@NullMarked
package dev.authgraft.apache.internal.exec;

import org.jspecify.annotations.NullMarked;
