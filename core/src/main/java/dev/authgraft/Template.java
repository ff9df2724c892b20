package dev.authgraft;

import java.io.IOException;

/** Text with placeholders, resolved when it is used. */
final class Template {
  String resolve() throws IOException {
    throw new IOException();
  }
}
