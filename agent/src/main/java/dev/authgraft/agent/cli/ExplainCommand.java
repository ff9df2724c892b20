package dev.authgraft.agent.cli;

import dev.authgraft.admin.Explanation;
import dev.authgraft.admin.Inspector;
import dev.authgraft.agent.start.OptionsException;
import dev.authgraft.agent.start.ProgramExit;
import dev.authgraft.client.Target;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains which rule decides about a request, and why. */
@Command(
    name = "explain",
    description =
        "Says which rule decides about a request, why the ones before it do not, and"
            + " what would be set. Needs no secret.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions config;

  @Mixin private Output output;

  @Parameters(index = "0", paramLabel = "METHOD", description = "GET, POST, …")
  private String method;

  @Parameters(
      index = "1",
      paramLabel = "URL",
      description = "The URL as the program asks for it: http, https, ws or wss.")
  private String url;

  @Override
  public Integer call() throws OptionsException {
    Target target = target();
    try (Inspector inspector = config.open(output)) {
      if (inspector == null) return ProgramExit.BAD_CONFIG;
      Explanation explanation = inspector.explain(target);
      if (output.isJson()) json(explanation).print(output.out());
      else print(explanation);
      return explanation.isMatched() ? 0 : 1;
    }
  }

  private void print(Explanation explanation) {
    output.line(explanation.target().toString());
    if (explanation.ambiguity() != null) {
      output.line(
          "  the path can be read in two ways (it has "
              + explanation.ambiguity()
              + "), so no rule with a path matches it");
    }
    for (String reason : explanation.passedOver()) output.line("  not " + reason);
    if (!explanation.isMatched()) {
      output.line("no rule matches: the request is sent untouched");
      return;
    }
    output.line("decided by " + explanation.rule() + ": strategy " + explanation.strategy());
    String rejectedBy = explanation.rejectedBy();
    if (rejectedBy != null && !explanation.isObserved()) output.line("rejected by " + rejectedBy);
    output.line(effect(explanation)); // last: scripts read the last line
  }

  private static String effect(Explanation explanation) {
    String applied = explanation.applied();
    if (applied == null) return "sent untouched";
    String kept =
        explanation.keepsExisting() ? ", unless the program does so itself (existing: keep)" : "";
    return explanation.isObserved()
        ? "would set " + applied + kept + "; but sent untouched: the config says mode: observe"
        : "sets " + applied + kept;
  }

  private JsonResult json(Explanation explanation) {
    return output
        .json(explanation.isMatched() ? "decided" : "no-rule")
        .put("target", explanation.target().toString())
        .put("ambiguousPath", explanation.ambiguity() != null)
        .put("passedOver", (Object) explanation.passedOver())
        .put("rule", explanation.rule())
        .put("strategy", explanation.strategy())
        .put("keepsExisting", explanation.keepsExisting())
        .put("observed", explanation.isObserved())
        .put("sets", explanation.applied())
        .put("rejectedBy", explanation.rejectedBy());
  }

  /** Parses with URL, because URI refuses paths that clients do send. */
  @SuppressWarnings("deprecation") // of the constructor, from Java 20 on
  private Target target() {
    try {
      // A web socket begins as a request by http or https (RFC 6455, section 3), which rules see.
      URL parsed = new URL(url.replaceFirst("^(?i)ws(?=s?:)", "http"));
      String scheme = parsed.getProtocol().toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      // Some clients read a backslash in the host part as a slash, others as part of the name.
      boolean named = !parsed.getHost().isEmpty() && parsed.getAuthority().indexOf('\\') < 0;
      if (!web || !named || parsed.getPort() == 0 || parsed.getPort() > 65535) {
        throw new MalformedURLException();
      }
      return Target.of(
          scheme,
          parsed.getHost(),
          parsed.getPort(),
          parsed.getPath(),
          method.toUpperCase(Locale.ROOT));
    } catch (MalformedURLException e) {
      throw new ParameterException(
          spec.commandLine(), "not an absolute http, https, ws or wss URL: " + url);
    }
  }
}
