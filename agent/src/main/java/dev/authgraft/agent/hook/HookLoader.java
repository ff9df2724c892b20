package dev.authgraft.agent.hook;

import dev.authgraft.agent.launcher.AgentLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Loads a client module so that it links to one program's client. This loader defines the module's
 * own classes, takes the rest of {@code dev.authgraft} from the agent, and everything else from the
 * loader of the hooked class.
 */
final class HookLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String HOOKS = "authgraft/hooks/";

  /** All permissions and no code source, as for the agent's own classes. */
  private static final ProtectionDomain DOMAIN = HookLoader.class.getProtectionDomain();

  private final AgentLoader agent;
  private final @Nullable Relocator relocator;

  /**
   * @param relocator renames references to a relocated client; null if the client has its own names
   */
  HookLoader(@Nullable ClassLoader client, AgentLoader agent, @Nullable Relocator relocator) {
    super(client);
    this.agent = agent;
    this.relocator = relocator;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("dev.authgraft.")) return super.loadClass(name, resolve);
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) loaded = define(name);
      if (loaded == null) return agent.loadClass(name);
      if (resolve) resolveClass(loaded);
      return loaded;
    }
  }

  private @Nullable Class<?> define(String name) throws ClassNotFoundException {
    try {
      byte[] bytes = bytes(name.replace('.', '/') + ".class");
      return bytes == null ? null : defineClass(name, bytes, 0, bytes.length, DOMAIN);
    } catch (LinkageError e) {
      // A transformer of another agent may have loaded it meanwhile, on this very thread.
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) throw e;
      return loaded;
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** Returns the class file of this internal name from the jar, or null if the module has none. */
  byte @Nullable [] own(String name) throws ClassNotFoundException {
    try {
      return agent.read(HOOKS + name + ".classdata");
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private byte @Nullable [] bytes(String resource) throws IOException {
    byte[] bytes = agent.read(HOOKS + resource + "data");
    return bytes == null || relocator == null ? bytes : relocator.relocate(bytes);
  }

  /**
   * Returns the module's class files as they are defined; transformers of other agents read them.
   */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    if (!isOurs(name)) return super.getResourceAsStream(name);
    try {
      byte[] bytes = bytes(name);
      return bytes == null ? agent.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    return isOurs(name) ? findResource(name) : super.getResource(name);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    if (!isOurs(name)) return null;
    return agent.contains(HOOKS + name + "data")
        ? AgentLoader.url(this, name)
        : agent.getResource(name);
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL own = findResource(name);
    return own == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(Collections.singleton(own));
  }

  private static boolean isOurs(String resource) {
    return resource.startsWith("dev/authgraft/") && resource.endsWith(".class");
  }
}
