/** Hooks in {@code java.net.http}, the HTTP client of Java 11 and later. */
@NullMarked
package dev.authgraft.jdk.internal.httpclient;

import org.jspecify.annotations.NullMarked;
