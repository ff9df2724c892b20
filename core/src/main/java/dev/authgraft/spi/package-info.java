/**
 * What an extension implements, or is handed: a source of secrets, a transport for logins, a log.
 */
@NullMarked
package dev.authgraft.spi;

import org.jspecify.annotations.NullMarked;
