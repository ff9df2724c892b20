/**
 * Authentication for Apache HttpClient 5. {@link dev.authgraft.apache.ApacheAuth} is the way in.
 */
@NullMarked
package dev.authgraft.apache;

import org.jspecify.annotations.NullMarked;
