/** The agent's hooks in Commons HttpClient 3. */
@NullMarked
package dev.authgraft.commons3.internal;

import org.jspecify.annotations.NullMarked;
