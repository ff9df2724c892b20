package dev.authgraft.agent.hook;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;

/** Defines the bridge on Java 8's boot loader. The jar has another version for Java 9 and later. */
final class BridgeDefiner {
  private BridgeDefiner() {}

  @SuppressWarnings("unused") // the version for Java 9 needs it
  static void define(String name, byte[] bytes, Instrumentation instrumentation) throws Exception {
    Class<?> unsafe = Class.forName("sun.misc.Unsafe");
    Field instance = unsafe.getDeclaredField("theUnsafe");
    instance.setAccessible(true);
    Method define =
        unsafe.getMethod(
            "defineClass",
            String.class,
            byte[].class,
            int.class,
            int.class,
            ClassLoader.class,
            ProtectionDomain.class);
    define.invoke(instance.get(null), name, bytes, 0, bytes.length, null, null);
  }
}
