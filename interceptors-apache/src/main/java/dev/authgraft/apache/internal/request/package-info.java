/** A request of the client as a rule sees it, and copies of it. */
@NullMarked
package dev.authgraft.apache.internal.request;

import org.jspecify.annotations.NullMarked;
