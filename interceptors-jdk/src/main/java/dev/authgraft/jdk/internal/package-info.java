/** What the hooks in the clients of the JDK have in common. */
@NullMarked
package dev.authgraft.jdk.internal;

import org.jspecify.annotations.NullMarked;
