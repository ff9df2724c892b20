package dev.authgraft.agent.launcher;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.AllPermission;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Loads Authgraft and its libraries from entries of the agent's jar that no other loader recognises
 * as classes. The jar is held in memory, so the file may change or disappear. The loader searches
 * its own entries first; apart from them it sees the JDK and this package, never the program.
 */
public final class AgentLoader extends ClassLoader {
  private static final String CLASSES = "authgraft/agent/";
  private static final String NEWER_CLASSES = "authgraft/agent/META-INF/versions/9/";
  private static final String LAUNCHER = "dev.authgraft.agent.launcher.";

  static {
    registerAsParallelCapable();
  }

  /*
   * Under a security manager, a class without a protection domain has no permission at all. The
   * domain has no code source, so tools that inspect every class of the program skip these.
   */
  private static final ProtectionDomain DOMAIN;

  static {
    Permissions all = new Permissions();
    all.add(new AllPermission());
    DOMAIN = new ProtectionDomain(null, all);
  }

  private final File jar;
  private final JarContent content;
  private final @Nullable URL base; // made before the program can set a security manager
  private final boolean newer =
      !System.getProperty("java.specification.version", "").startsWith("1.");

  AgentLoader(File jar, @Nullable ClassLoader parent) throws IOException {
    super(parent);
    this.jar = jar;
    content = JarContent.read(jar);
    EntryHandler.load();
    base = EntryHandler.base(this);
  }

  /** Returns the agent's jar. */
  public File jar() {
    return jar;
  }

  /** Returns the agent's version, or "dev" if the jar does not name one. */
  public String version() {
    Package launcher = Launcher.class.getPackage();
    String version = launcher == null ? null : launcher.getImplementationVersion();
    return version == null ? "dev" : version;
  }

  /** Returns whether the jar has an entry {@code path}. */
  public boolean contains(String path) {
    return content.contains(path);
  }

  /** Returns the content of the jar's entry {@code path}, or null if there is none. */
  public byte @Nullable [] read(String path) throws IOException {
    return content.read(path);
  }

  /**
   * Returns a URL for the resource {@code name} of {@code loader} that does not depend on a file;
   * null if a security manager forbids it.
   */
  public static @Nullable URL url(ClassLoader loader, String name) {
    return EntryHandler.url(EntryHandler.base(loader), name);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("java.")) return super.loadClass(name, resolve);
    if (name.startsWith(LAUNCHER)) return Class.forName(name);
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) loaded = define(name);
      if (loaded == null) return super.loadClass(name, resolve);
      if (resolve) resolveClass(loaded);
      return loaded;
    }
  }

  private @Nullable Class<?> define(String name) throws ClassNotFoundException {
    try {
      byte[] bytes = bytes(name.replace('.', '/') + ".class");
      return bytes == null ? null : defineClass(name, bytes, 0, bytes.length, DOMAIN);
    } catch (LinkageError e) {
      // A transformer of another agent may have loaded the class meanwhile, on this very thread.
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) throw e;
      return loaded;
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /*
   * Returns class files too: transformers of other agents read them as resources. If they find
   * none, they load the class instead, while it is being loaded already.
   */
  private byte @Nullable [] bytes(String resource) throws IOException {
    String path = resource.endsWith(".class") ? resource + "data" : resource;
    byte[] bytes = newer ? content.read(NEWER_CLASSES + path) : null;
    return bytes == null ? content.read(CLASSES + path) : bytes;
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    try {
      byte[] bytes = bytes(name);
      return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  /** Looks only for the Java 8 version: each entry for a newer Java has one. */
  @Override
  protected @Nullable URL findResource(String name) {
    String path = name.endsWith(".class") ? name + "data" : name;
    return content.contains(CLASSES + path) ? EntryHandler.url(base, name) : null;
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL own = findResource(name);
    return own == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(Collections.singleton(own));
  }
}
