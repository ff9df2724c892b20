/** Requests of HttpClient 4 as a rule sees them, and copies of them. */
@NullMarked
package dev.authgraft.apache4.internal.request;

import org.jspecify.annotations.NullMarked;
