/** Stand-ins of real APIs on loopback, and what the tests of several modules share. */
@NullMarked
package dev.authgraft.testing;

import org.jspecify.annotations.NullMarked;
