import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.Set;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests of a jar and prints how each ended: its outcome, a tabulator, its unique id. */
public class Suite implements TestExecutionListener {
  private final PrintStream out;

  private Suite(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    PrintStream out = System.out;
    System.setOut(new PrintStream(new ByteArrayOutputStream())); // the tests' own words
    Set<Path> roots = Collections.singleton(Paths.get(args[0]));
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClasspathRoots(roots))
            .filters(ClassNameFilter.includeClassNamePatterns(".*"))
            .filters(ClassNameFilter.excludeClassNamePatterns(".*\\.examples\\..*"))
            .build();
    LauncherFactory.create().execute(request, new Suite(out));
    out.flush();
    System.exit(0); // threads that a test leaves behind do not hold it
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    tell(test, "skipped");
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String outcome = result.getStatus().name().toLowerCase(java.util.Locale.ROOT);
    String thrown = result.getThrowable().map(e -> " " + e.getClass().getName()).orElse("");
    result.getThrowable().ifPresent(Throwable::printStackTrace);
    // A container tells only what went wrong around its tests.
    if (test.isTest() || !thrown.isEmpty()) tell(test, outcome + thrown);
  }

  private void tell(TestIdentifier test, String outcome) {
    out.println(outcome + "\t" + test.getUniqueId().replaceAll("\\s", " "));
  }
}
