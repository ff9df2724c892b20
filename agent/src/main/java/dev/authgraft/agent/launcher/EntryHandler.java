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

/** Opens the URLs of a loader's resources by asking the loader, and so without the jar's file. */
final class EntryHandler extends URLStreamHandler implements PrivilegedAction<URL> {
  private final ClassLoader loader;

  private EntryHandler(ClassLoader loader) {
    this.loader = loader;
  }

  /** Loads all that opening a URL takes: later, the file that it is in may be another one. */
  static void load() {
    Connection.load();
  }

  /**
   * Returns a URL against which those of {@code loader} are resolved, or null if a security manager
   * is on that grants the agent nothing. A URL that is resolved takes over the handler, and no
   * manager is asked for it then.
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
