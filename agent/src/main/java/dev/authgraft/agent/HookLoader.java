package dev.authgraft.agent;

import dev.authgraft.agent.launcher.AgentLoader;
import java.io.IOException;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Loads a client module so that it links to one program's client: the module's own classes are
 * defined here, {@code dev.authgraft} comes from the agent, everything else from the loader of the
 * class that was hooked.
 */
final class HookLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  /** What the agent may do, and from no place, like the agent's own. */
  private static final ProtectionDomain DOMAIN = HookLoader.class.getProtectionDomain();

  private final AgentLoader agent;
  private final @Nullable Relocator relocator;

  /**
   * @param relocator what the client is called, or null where it has its own name
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
      byte[] bytes = agent.read("authgraft/hooks/" + name.replace('.', '/') + ".classdata");
      if (bytes == null) return null;
      if (relocator != null) bytes = relocator.relocate(bytes);
      return defineClass(name, bytes, 0, bytes.length, DOMAIN);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
