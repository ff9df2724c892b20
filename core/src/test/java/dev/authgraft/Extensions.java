package dev.authgraft;

import dev.authgraft.spi.SecretSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a jar with sources of secrets is to a config. */
final class Extensions {
  private Extensions() {}

  /** Returns a loader whose services are the sources called {@code names}. */
  static ClassLoader of(Path directory, List<String> names) {
    try {
      Path services = Files.createDirectories(directory.resolve("META-INF/services"));
      Files.write(services.resolve(SecretSource.class.getName()), names);
      URL[] urls = {directory.toUri().toURL()};
      return new URLClassLoader(urls, Extensions.class.getClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ClassLoader of(Path directory, Class<?>... sources) {
    return of(directory, java.util.Arrays.stream(sources).map(Class::getName).toList());
  }
}
