/** Strategies and their logins: what is sent to a login server, and what its answers mean. */
@NullMarked
package dev.authgraft.internal.login;

import org.jspecify.annotations.NullMarked;
