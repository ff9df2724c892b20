package dev.authgraft.agent.start;

import dev.authgraft.agent.hook.Bridge;
import dev.authgraft.agent.hook.Dispatcher;
import dev.authgraft.agent.hook.HookTable;
import dev.authgraft.agent.hook.HookTransformer;
import dev.authgraft.agent.hook.Relocations;
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
    PendingAuthgraft authgraft = new PendingAuthgraft();
    Relocations relocations = new Relocations();
    HookTable table = HookTable.read(LOADER);
    HookTransformer hooks = new HookTransformer(table, relocations, log);
    hook(instrumentation, options, authgraft, table, relocations, hooks, log);
    ConfigReading reading = new ConfigReading(options, log, authgraft, hooks, stop);
    if (HostProgram.isQuestion()) authgraft.readWhenAsked(reading);
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
    PendingAuthgraft authgraft = new PendingAuthgraft();
    authgraft.readWhenAsked(refusal.letting(authgraft));
    Relocations relocations = new Relocations();
    HookTable table = HookTable.read(LOADER);
    AgentLog log = new AgentLog(null, System.err);
    HookTransformer hooks = new HookTransformer(table, relocations, log);
    Bridge.define(LOADER, instrumentation);
    hooks.install(
        instrumentation,
        Dispatcher.install(LOADER, instrumentation, table, authgraft, relocations, log));
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
    PendingAuthgraft authgraft = new PendingAuthgraft();
    Relocations relocations = new Relocations();
    HookTable table = HookTable.read(LOADER);
    HookTransformer hooks = new HookTransformer(table, relocations, log);
    AgentThread.start("config", new ConfigReading(options, log, authgraft, hooks, false));
    if (authgraft.get() == null) return;
    try {
      hook(instrumentation, options, authgraft, table, relocations, hooks, log);
    } catch (Throwable e) {
      Status.failed(e.toString());
      throw e;
    }
  }

  private static void hook(
      Instrumentation instrumentation,
      Options options,
      PendingAuthgraft authgraft,
      HookTable table,
      Relocations relocations,
      HookTransformer hooks,
      Log log)
      throws IOException {
    Bridge.define(LOADER, instrumentation);
    RunningAgent.set(new RunningAgent(options, log, authgraft, hooks));
    hooks.install(
        instrumentation,
        Dispatcher.install(LOADER, instrumentation, table, authgraft, relocations, log));
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
