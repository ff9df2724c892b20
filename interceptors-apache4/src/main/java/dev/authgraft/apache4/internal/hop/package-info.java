/** One hop of HttpClient 4, which both of its chains drive. */
@NullMarked
package dev.authgraft.apache4.internal.hop;

import org.jspecify.annotations.NullMarked;
