package dev.authgraft.agent.cli;

import dev.authgraft.Explanation;
import dev.authgraft.Inspector;
import dev.authgraft.Target;
import dev.authgraft.agent.OptionsException;
import dev.authgraft.agent.Stop;
import java.io.PrintWriter;
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

/** Says which rule decides about a request, and why. */
@Command(
    name = "explain",
    description =
        "Says which rule decides about a request, why the ones before it do not, and"
            + " what would be set. Needs no secret.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions config;

  @Parameters(index = "0", paramLabel = "METHOD", description = "GET, POST, …")
  private String method;

  @Parameters(index = "1", paramLabel = "URL", description = "The URL as the program asks for it.")
  private String url;

  @Override
  public Integer call() throws OptionsException {
    Target target = target();
    PrintWriter out = spec.commandLine().getOut();
    try (Inspector inspector = config.open(spec.commandLine().getErr())) {
      if (inspector == null) return Stop.BAD_CONFIG;
      Explanation explanation = inspector.explain(target);
      out.println(target);
      if (explanation.hasAmbiguousPath()) {
        out.println(
            "  the path can be read in two ways (an encoded slash or dots, ';', '\\'), so no rule"
                + " with a path matches it");
      }
      for (String reason : explanation.passedOver()) out.println("  not " + reason);
      if (!explanation.isMatched()) {
        out.println("no rule matches: the request is sent untouched");
        return 1;
      }
      out.println("decided by " + explanation.rule() + ": strategy " + explanation.strategy());
      String applied = explanation.applied();
      out.println(applied == null ? "sent untouched" : "sets " + applied);
      return 0;
    }
  }

  /** Not by URI, which refuses paths that clients do send, and that are worth asking about. */
  @SuppressWarnings("deprecation") // of the constructor, from Java 20 on
  private Target target() {
    try {
      URL parsed = new URL(url);
      String scheme = parsed.getProtocol().toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https") || parsed.getHost().isEmpty()) {
        throw new MalformedURLException();
      }
      return Target.of(
          scheme,
          parsed.getHost(),
          parsed.getPort(),
          parsed.getPath(),
          method.toUpperCase(Locale.ROOT));
    } catch (MalformedURLException e) {
      throw new ParameterException(spec.commandLine(), "not an absolute http or https URL: " + url);
    }
  }
}
