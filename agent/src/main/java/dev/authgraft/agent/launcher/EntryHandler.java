package dev.authgraft.agent.launcher;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/** Opens URLs of resources by asking their class loader, so that the jar's file is not needed. */
final class EntryHandler extends URLStreamHandler implements PrivilegedAction<URL> {
  private final ClassLoader loader;

  private EntryHandler(ClassLoader loader) {
    this.loader = loader;
  }

  /** Loads the classes that opening a URL needs; later, the jar's file may have changed. */
  static void load() {
    Connection.load();
  }

  /**
   * Returns a base URL for the resources of {@code loader}, or null if a security manager grants
   * the agent nothing. A URL that is resolved against it inherits the handler without another
   * check.
   */
  static @Nullable URL base(ClassLoader loader) {
    try {
      return AccessController.doPrivileged(new EntryHandler(loader));
    } catch (SecurityException e) {
      return null;
    }
  }

  @Override
  public URL run() {
    try {
      return new URL("authgraft", "", -1, "/", this);
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e); // only a port can be wrong
    }
  }

  /** Returns a URL of the resource {@code name}, or null without a {@code base}. */
  static @Nullable URL url(@Nullable URL base, String name) {
    try {
      return base == null ? null : new URL(base, "/" + name);
    } catch (MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected URLConnection openConnection(URL url) {
    return new Connection(url, loader);
  }

  private static final class Connection extends URLConnection {
    private final ClassLoader loader;
    private @Nullable InputStream in;

    Connection(URL url, ClassLoader loader) {
      super(url);
      this.loader = loader;
    }

    static void load() {}

    @Override
    public void connect() throws IOException {
      open();
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return open();
    }

    private InputStream open() throws IOException {
      InputStream opened = in;
      if (opened == null) {
        opened = loader.getResourceAsStream(url.getPath().substring(1));
        if (opened == null) throw new FileNotFoundException(url.toString());
        in = opened;
        connected = true;
      }
      return opened;
    }
  }
}
