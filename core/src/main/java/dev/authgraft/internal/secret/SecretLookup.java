package dev.authgraft.internal.secret;

import dev.authgraft.internal.util.Printable;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSource;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a placeholder asks of its source: a name, with the source's settings. Immutable. */
final class SecretLookup {
  static final int MOST_BYTES = 64 << 10;

  final ConfiguredSourceSettings settings;
  private final SecretSource source;
  private final String name;
  private final String title;

  SecretLookup(SecretSource source, String name, ConfiguredSourceSettings settings) {
    this.source = source;
    this.name = name;
    this.settings = settings;
    // The arguments of a command are its own affair, and may be secrets.
    int word = isFile() || source.isImmediate() ? -1 : name.trim().indexOf(' ');
    String shown = word < 0 ? name : name.trim().substring(0, word) + " …";
    this.title = "${" + source.scheme() + ":" + shown + "}";
  }

  boolean isImmediate() {
    return source.isImmediate();
  }

  boolean isFile() {
    return source instanceof FileSecrets;
  }

  boolean isCommand() {
    return source instanceof CommandSecrets;
  }

  /** Returns the class loader of the source's code, null for the boot loader. */
  @Nullable ClassLoader loader() {
    return source.getClass().getClassLoader();
  }

  /** Asks the source, on this thread. What is thrown quotes nothing that may be secret. */
  String ask() throws SecretException {
    String value;
    try {
      value = source.read(name, settings);
    } catch (SecretException e) {
      throw new SecretException(Printable.of(settings.redact(e.reason())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SecretException(title + " has not answered in time");
    } catch (SecurityException e) {
      throw new SecretException(title + " may not be read");
    } catch (LinkageError e) { // Its message is a name of the source's own code.
      throw new SecretException(title + " cannot be read: its source lacks a class: " + e);
    } catch (Throwable e) {
      // Whose message may quote anything.
      throw new SecretException(title + " cannot be read: " + e.getClass().getName());
    }
    if (value == null) throw new SecretException(title + " is nothing: its source returned null");
    if (value.length() > MOST_BYTES || value.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new SecretException(title + " is longer than a secret can be, 64 KiB");
    }
    return value;
  }

  /** Adds the files that are read, or run, for the value. */
  void addFiles(NamedFiles files, SourcePosition position) {
    settings.addFiles(files, position);
    try {
      if (isFile()) files.add(position, settings.directory(), name);
      if (isCommand()) {
        files.addProgram(position, settings.directory(), Command.words(name).get(0));
      }
      if (source instanceof KeyStoreSecrets) {
        files.add(position, settings.directory(), KeyStoreSecrets.file(name, settings));
      }
    } catch (SecretException e) {
      // What cannot be named has a problem of its own.
    }
  }

  /** Returns the placeholder, without the arguments of a command. */
  @Override
  public String toString() {
    return title;
  }
}
