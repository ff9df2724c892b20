/** Hooks in the JDK's {@code HttpURLConnection}, which {@code https} uses as well. */
@NullMarked
package dev.authgraft.jdk.internal.http;

import org.jspecify.annotations.NullMarked;
