/** The YAML of a config, with the position of each value, and what may be shown of it. */
@NullMarked
package dev.authgraft.internal.yaml;

import org.jspecify.annotations.NullMarked;
