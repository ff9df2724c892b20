/** The agent's hooks in OkHttp 2. */
@NullMarked
package dev.authgraft.okhttp2.internal;

import org.jspecify.annotations.NullMarked;
