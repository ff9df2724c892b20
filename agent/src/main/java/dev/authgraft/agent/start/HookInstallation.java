package dev.authgraft.agent.start;

import dev.authgraft.agent.hook.Bridge;
import dev.authgraft.agent.hook.Dispatcher;
import dev.authgraft.agent.hook.HookTable;
import dev.authgraft.agent.hook.HookTransformer;
import dev.authgraft.agent.hook.Relocations;
import dev.authgraft.agent.launcher.AgentLoader;
import dev.authgraft.spi.Log;
import java.io.IOException;
import java.lang.instrument.Instrumentation;

/** What hooks a program: made when the agent starts, and installed in two steps. */
final class HookInstallation {
  /** What the hooks apply, once the config has been read. */
  final PendingAuthgraft authgraft = new PendingAuthgraft();

  /** What changes the hooked classes, and is told of relocated clients. */
  final HookTransformer transformer;

  private final AgentLoader loader;
  private final Log log;
  private final Relocations relocations = new Relocations();
  private final HookTable table;

  /**
   * @throws IOException if the agent's jar has no table of hooks
   */
  HookInstallation(AgentLoader loader, Log log) throws IOException {
    this.loader = loader;
    this.log = log;
    this.table = HookTable.read(loader);
    this.transformer = new HookTransformer(table, relocations, log);
  }

  /** Defines the bridge, which tells other agents of Authgraft that one is on. */
  void defineBridge(Instrumentation instrumentation) throws IOException {
    Bridge.define(loader, instrumentation);
  }

  /** Hooks the classes of the table, loaded already or not. */
  void install(Instrumentation instrumentation) {
    Dispatcher dispatcher =
        Dispatcher.install(loader, instrumentation, table, authgraft, relocations, log);
    transformer.install(instrumentation, dispatcher);
  }
}
