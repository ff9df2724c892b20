/** Turns an OpenAPI document into a first config. */
@NullMarked
package dev.authgraft.agent.openapi;

import org.jspecify.annotations.NullMarked;
