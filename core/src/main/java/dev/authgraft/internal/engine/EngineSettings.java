package dev.authgraft.internal.engine;

import dev.authgraft.internal.config.Config;
import dev.authgraft.internal.config.ConfigReader;
import dev.authgraft.internal.credential.EventPublisher;
import dev.authgraft.internal.login.ConfiguredHttp;
import dev.authgraft.internal.login.LoginContext;
import dev.authgraft.internal.login.LoginRuntime;
import dev.authgraft.internal.secret.SecretSourceRegistry;
import dev.authgraft.internal.util.Time;
import dev.authgraft.internal.yaml.InvalidConfigException;
import dev.authgraft.spi.AuthListener;
import dev.authgraft.spi.Log;
import dev.authgraft.spi.LoginTransport;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an {@link Engine}: its config files, and the collaborators that the config does
 * not name.
 */
public final class EngineSettings {
  private final Path file;
  private @Nullable String environment;
  private @Nullable Log log;
  private @Nullable LoginTransport transport;
  private @Nullable ClassLoader extensions = EngineSettings.class.getClassLoader();
  private @Nullable SecretSourceRegistry sources;
  private final List<AuthListener> listeners = new ArrayList<>();
  private boolean observe;
  private Consumer<List<String>> relocated = packages -> {};
  private Time time = Time.SYSTEM;
  private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

  /**
   * Names the config.
   *
   * @param file its file
   */
  public EngineSettings(Path file) {
    this.file = file;
  }

  /** Returns the same for another config. */
  EngineSettings with(Path file, @Nullable String environment) {
    EngineSettings other = new EngineSettings(file);
    other.environment = environment;
    other.log = log;
    other.transport = transport;
    other.extensions = extensions;
    other.sources = sources;
    other.listeners.addAll(listeners);
    other.observe = observe;
    other.relocated = relocated;
    other.time = time;
    other.random = random;
    return other;
  }

  public EngineSettings environment(@Nullable String environment) {
    this.environment = environment;
    return this;
  }

  public EngineSettings log(Log log) {
    this.log = log;
    return this;
  }

  public EngineSettings transport(LoginTransport transport) {
    this.transport = transport;
    return this;
  }

  public EngineSettings extensions(@Nullable ClassLoader loader) {
    this.extensions = loader;
    return this;
  }

  public EngineSettings listener(AuthListener listener) {
    listeners.add(listener);
    return this;
  }

  public EngineSettings observe(boolean observe) {
    this.observe = observe;
    return this;
  }

  public EngineSettings relocated(Consumer<List<String>> relocated) {
    this.relocated = relocated;
    return this;
  }

  /** Returns the jars of the loader that was set, as far as it tells them. */
  List<Path> extensionJars() {
    List<Path> jars = new ArrayList<>();
    if (extensions == EngineSettings.class.getClassLoader()) return jars;
    if (!(extensions instanceof URLClassLoader)) return jars;
    for (URL jar : ((URLClassLoader) extensions).getURLs()) {
      try {
        if (jar.getProtocol().equals("file")) jars.add(Paths.get(jar.toURI()));
      } catch (URISyntaxException | IllegalArgumentException e) {
        // No file of this machine.
      }
    }
    return jars;
  }

  public EngineSettings sources(SecretSourceRegistry sources) {
    this.sources = sources;
    return this;
  }

  public EngineSettings time(Time time) {
    this.time = time;
    return this;
  }

  public EngineSettings random(DoubleSupplier random) {
    this.random = random;
    return this;
  }

  void tellRelocated(List<String> packages) {
    relocated.accept(packages);
  }

  Config read(@Nullable Config before) throws InvalidConfigException {
    Surroundings surroundings = new Surroundings(foundSources(), before);
    return ConfigReader.read(file, environment, surroundings, before);
  }

  private synchronized SecretSourceRegistry foundSources() {
    SecretSourceRegistry found = sources;
    if (found == null) sources = found = SecretSourceRegistry.with(extensions);
    return found;
  }

  private final class Surroundings implements ConfigReader.ContextFactory {
    private final SecretSourceRegistry sources;
    private final @Nullable Config before;

    Surroundings(SecretSourceRegistry sources, @Nullable Config before) {
      this.sources = sources;
      this.before = before;
    }

    @Override
    public LoginContext create(ConfiguredHttp http) {
      if (before != null) return new LoginContext(before.context().runtime(), http, transport);
      Log used = log == null ? new JavaUtilLog() : log;
      EventPublisher events = EventPublisher.to(listeners, used);
      return new LoginContext(new LoginRuntime(used, time, random, events), http, transport);
    }

    @Override
    public SecretSourceRegistry sources() {
      return sources;
    }

    @Override
    public boolean observes() {
      return observe;
    }

    @Override
    public Time time() {
      return time;
    }
  }
}
