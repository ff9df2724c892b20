/** Authentication for OkHttp clients. {@link dev.authgraft.okhttp.OkHttpAuth} is the way in. */
@NullMarked
package dev.authgraft.okhttp;

import org.jspecify.annotations.NullMarked;
