/** An example of a source of secrets. */
@org.jspecify.annotations.NullMarked
package com.example.vault;
