package dev.authgraft.agent.start;

import dev.authgraft.agent.hook.Bridge;
import dev.authgraft.agent.launcher.AgentLoader;
import dev.authgraft.agent.terminal.ErrorOutput;
import dev.authgraft.spi.Log;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/*
 * Code that runs before main uses nothing that the program may want to set up first, and nothing
 * slow: no logging, no java.nio.file, no JMX, no TLS, no lambda. So it only checks that the config
 * exists. A thread reads the config while the program starts, and the first request waits for it.
 */
/** Starts Authgraft in a program. The launcher calls this class by name. */
public final class Agent {
  private static final AgentLoader LOADER = (AgentLoader) Agent.class.getClassLoader();

  private Agent() {}

  /** Starts together with the program, or stops the program if the options are wrong. */
  public static void startWithProgram(@Nullable String text, Instrumentation instrumentation)
      throws IOException {
    if (HostProgram.isTool(LOADER.jar())) return;
    Options options;
    try {
      options = Options.of(text);
    } catch (OptionsException e) {
      refuse(new StartRefusal(e.getMessage(), true), instrumentation);
      return;
    }
    AgentLog log = AgentLog.open(options);
    if (Bridge.isDefined()) {
      String others = AgentJars.others();
      log.log(
          Log.Level.WARN,
          "this JVM has an agent of Authgraft already: this one does nothing"
              + (others.isEmpty() ? "" : " (" + others + ")"));
      return;
    }
    boolean stop = !options.runOnBadConfig();
    String unreadable = unreadable(options);
    if (unreadable != null) {
      refuse(new StartRefusal(unreadable, stop), instrumentation);
      return;
    }
    HookInstallation hooks = new HookInstallation(LOADER, log);
    hook(instrumentation, options, hooks, log);
    ConfigReading reading =
        new ConfigReading(options, log, hooks.authgraft, hooks.transformer, stop);
    if (HostProgram.isQuestion()) hooks.authgraft.readWhenAsked(reading);
    else reading.startWithProgram();
  }

  /*
   * A program that is only asked for its version sends no request, so it may run. But that -v asks
   * for the version is a guess: if the program does send a request, it is stopped at that point.
   */
  private static void refuse(StartRefusal refusal, Instrumentation instrumentation)
      throws IOException {
    if (!HostProgram.isQuestion() || Bridge.isDefined()) {
      refusal.run();
      return;
    }
    HookInstallation hooks = new HookInstallation(LOADER, new AgentLog(null, System.err));
    hooks.authgraft.readWhenAsked(refusal.letting(hooks.authgraft));
    hooks.defineBridge(instrumentation);
    hooks.install(instrumentation);
  }

  /**
   * Starts in a program that already runs. It never stops the program: if Authgraft cannot start,
   * the program stays as it was, and another attach is possible.
   */
  public static void startInRunningProgram(@Nullable String text, Instrumentation instrumentation)
      throws IOException {
    Options options;
    try {
      options = Options.of(text);
    } catch (OptionsException e) {
      ErrorOutput.print(e.getMessage());
      Status.failed(e.getMessage());
      return;
    }
    boolean isOn = Bridge.isDefined();
    RunningAgent running = RunningAgent.current();
    if (isOn && running == null) {
      Status.failed("an agent of Authgraft from another class loader is on there");
      return;
    }
    String unreadable = unreadable(options);
    if (unreadable != null) {
      ErrorOutput.print(unreadable);
      Status.failed(unreadable);
      return;
    }
    if (running != null) {
      running.attach(options);
      return;
    }
    AgentLog log = AgentLog.open(options);
    HookInstallation hooks = new HookInstallation(LOADER, log);
    AgentThread.start(
        "config", new ConfigReading(options, log, hooks.authgraft, hooks.transformer, false));
    if (hooks.authgraft.get() == null) return;
    try {
      hook(instrumentation, options, hooks, log);
    } catch (Throwable e) {
      Status.failed(e.toString());
      throw e;
    }
  }

  private static void hook(
      Instrumentation instrumentation, Options options, HookInstallation hooks, Log log)
      throws IOException {
    hooks.defineBridge(instrumentation);
    RunningAgent.set(new RunningAgent(options, log, hooks.authgraft, hooks.transformer));
    hooks.install(instrumentation);
  }

  private static @Nullable String unreadable(Options options) {
    String reason = options.whyUnreadable();
    return reason == null
        ? null
        : reason
            + "; name another with -javaagent:authgraft-agent.jar=config=FILE,"
            + " -Dauthgraft.config=FILE or AUTHGRAFT_CONFIG=FILE";
  }
}
