/** What a rule costs. */
@org.jspecify.annotations.NullMarked
package dev.authgraft.benchmarks;
