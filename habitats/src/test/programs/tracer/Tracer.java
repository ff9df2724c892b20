import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;

/** An agent that counts, in the system property {@code traced}, the methods of clients entered. */
public final class Tracer {
  private Tracer() {}

  public static void premain(String options, Instrumentation instrumentation) {
    new AgentBuilder.Default()
        .disableClassFormatChanges()
        .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
        .type(
            ElementMatchers.named("okhttp3.internal.http.RealInterceptorChain")
                .or(ElementMatchers.named("org.apache.hc.client5.http.impl.classic.ProtocolExec")))
        .transform(
            (builder, type, loader, module, domain) ->
                builder.visit(
                    Advice.to(Entry.class)
                        .on(ElementMatchers.named("proceed").or(ElementMatchers.named("execute")))))
        .installOn(instrumentation);
  }

  static final class Entry {
    private Entry() {}

    @Advice.OnMethodEnter
    static void count(@Advice.Origin("#t") String type) {
      System.setProperty("traced." + type, "yes");
    }
  }
}
