/** Sends logins. The agent brings its own copy, since a program may have no HttpClient. */
@NullMarked
package dev.authgraft.apache.internal.login;

import org.jspecify.annotations.NullMarked;
