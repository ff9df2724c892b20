package dev.authgraft.internal.config;

import dev.authgraft.internal.yaml.Problems;
import java.io.File;

/** The objects that the readers of one config share. */
final class ReadContext {
  final Problems problems;
  final TemplateReader templates;

  /** What a relative path is relative to: the directory of the config. */
  final File directory;

  ReadContext(Problems problems, TemplateReader templates, File directory) {
    this.problems = problems;
    this.templates = templates;
    this.directory = directory;
  }
}
