/** Shows an unchanged program without and with the agent. */
@NullMarked
package dev.authgraft.demo;

import org.jspecify.annotations.NullMarked;
