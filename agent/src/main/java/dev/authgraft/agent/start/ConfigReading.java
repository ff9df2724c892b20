package dev.authgraft.agent.start;

import dev.authgraft.Authgraft;
import dev.authgraft.ConfigException;
import dev.authgraft.agent.hook.HookTransformer;
import dev.authgraft.agent.launcher.AgentLoader;
import dev.authgraft.agent.terminal.ErrorOutput;
import dev.authgraft.config.ConfigProblem;
import dev.authgraft.spi.Log;

/** Reads the config, then releases the threads that wait for it, or stops the program. */
final class ConfigReading implements Runnable {
  private final Options options;
  private final Log log;
  private final PendingAuthgraft pending;
  private final HookTransformer hooks;
  private final boolean stopProgram;
  private final EarlyExit earlyEnd = new EarlyExit();

  /**
   * @param stopProgram whether to stop the program if the config cannot be used
   */
  ConfigReading(
      Options options,
      Log log,
      PendingAuthgraft pending,
      HookTransformer hooks,
      boolean stopProgram) {
    this.options = options;
    this.log = log;
    this.pending = pending;
    this.hooks = hooks;
    this.stopProgram = stopProgram;
  }

  /** Reads on a thread of its own. The program does not exit before that thread is done. */
  void startWithProgram() {
    earlyEnd.watch();
    AgentThread.start("config", this);
  }

  @Override
  public void run() {
    pending.readByCurrentThread();
    Authgraft authgraft = null;
    try {
      authgraft =
          Authgraft.builder(options.config().toPath())
              .environment(options.environment())
              .log(log)
              .relocated(hooks)
              .extensions(Extensions.open(options))
              .observe(options.observe())
              .load();
      Status.running();
      sayHello(authgraft);
      sayWhatWasObservedAtTheEnd(authgraft);
    } catch (OptionsException e) {
      ErrorOutput.print(e.getMessage());
      Status.failed(e.getMessage());
      if (isStopped()) return;
    } catch (ConfigException e) {
      for (ConfigProblem problem : e.problems()) ErrorOutput.print(problem);
      Status.failed(String.valueOf(e.getMessage()));
      if (isStopped()) return;
    } catch (Throwable e) { // a mistake of ours, or a JVM that lacks what every one has
      String outcome = stopProgram ? "" : ", the program runs without authentication";
      ErrorOutput.print("cannot start" + outcome + ": " + e);
      Status.failed(e.toString());
      if (isStopped()) return;
    }
    pending.complete(authgraft);
    earlyEnd.known(false);
  }

  /** Stops the program if it is to be stopped. The waiting threads are not released then. */
  private boolean isStopped() {
    if (!stopProgram) return false;
    ErrorOutput.print("the program is stopped; with on-bad-config=run it would run without");
    if (earlyEnd.known(true)) ProgramExit.program();
    return true;
  }

  /* Nobody closes the Authgraft of the agent, so the totals of mode: observe are logged when the
   * JVM exits. A reload may switch to that mode; without it, the hook logs nothing. */
  private void sayWhatWasObservedAtTheEnd(Authgraft authgraft) {
    try {
      Runtime.getRuntime()
          .addShutdownHook(
              AgentThread.of(
                  "observed",
                  () -> {
                    for (String line : authgraft.observed()) log.log(Log.Level.INFO, line);
                  }));
    } catch (IllegalStateException e) {
      // The JVM is shutting down already.
    }
  }

  private void sayHello(Authgraft authgraft) {
    AgentLoader loader = (AgentLoader) ConfigReading.class.getClassLoader();
    log.log(Log.Level.INFO, loader.version() + " is on: " + of(authgraft, options));
  }

  /** Returns the description of a config in force, for a log line. */
  static String of(Authgraft authgraft, Options options) {
    String environment = options.environment();
    return authgraft.summary()
        + ", config "
        + options.config()
        + (environment == null ? "" : ", env " + environment);
  }
}
