/**
 * The interfaces that an extension implements, and their arguments: a source of secrets, a
 * transport for logins, a log, a listener.
 */
@NullMarked
package dev.authgraft.spi;

import org.jspecify.annotations.NullMarked;
