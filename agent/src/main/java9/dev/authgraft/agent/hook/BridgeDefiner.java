package dev.authgraft.agent.hook;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Collections;

/*
 * Direct calls, not reflection: on newer JDKs reflection is built on method handles, which cost
 * more than everything else that the agent does before main.
 */
/** Defines the bridge on the boot loader of Java 9 and later. */
final class BridgeDefiner {
  private BridgeDefiner() {}

  @SuppressWarnings("unused") // the one for Java 8 needs the name
  static void define(String name, byte[] bytes, Instrumentation instrumentation) throws Exception {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Collections.emptySet(),
        Collections.emptyMap(),
        Collections.singletonMap(
            "java.lang", Collections.singleton(BridgeDefiner.class.getModule())),
        Collections.emptySet(),
        Collections.emptyMap());
    MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup()).defineClass(bytes);
  }
}
