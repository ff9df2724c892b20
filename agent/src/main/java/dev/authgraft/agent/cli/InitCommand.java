package dev.authgraft.agent.cli;

import dev.authgraft.agent.openapi.OpenApi;
import dev.authgraft.agent.openapi.OpenApiException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a first config. */
@Command(
    name = "init",
    description = {
      "Writes a first config from an OpenAPI 3 document: what it says of security becomes"
          + " strategies, its operations become rules. What cannot be said is named in a comment."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InitCommand implements Callable<Integer> {
  private static final File STANDARD = new File("-");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "OPENAPI", description = "The document, JSON or YAML; - for stdin.")
  private File document;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the config goes, - for stdout. Default: authgraft.yml.")
  private File output = new File("authgraft.yml");

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Where the API is, in place of the document's servers.")
  private @Nullable String server;

  @Option(names = "--force", description = "Writes over a file that is there.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    OpenApi api;
    try {
      api = new OpenApi(text(), server);
    } catch (NoSuchFileException e) {
      throw new IOException(document + " does not exist");
    } catch (AccessDeniedException e) {
      throw new IOException(document + " may not be read by this user");
    } catch (OpenApiException e) {
      throw new IOException(document + " " + e.getMessage());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output.equals(STANDARD)) {
      out.print(api.config());
      out.flush();
      return 0;
    }
    write(output.toPath(), api.config());
    out.println("wrote " + output + ": " + api.size() + " operations");
    out.println("next: set the variables that it names, then check --config " + output);
    return 0;
  }

  private void write(Path file, String config) throws IOException {
    OpenOption[] options =
        force
            ? new OpenOption[] {
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE
            }
            : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
    try {
      Files.write(file, config.getBytes(StandardCharsets.UTF_8), options);
    } catch (FileAlreadyExistsException e) {
      throw new ParameterException(
          spec.commandLine(), output + " is there already (name another with -o, or --force)");
    } catch (NoSuchFileException e) {
      throw new IOException("cannot write " + output + ": its directory does not exist");
    }
  }

  private String text() throws IOException {
    if (document.isDirectory()) throw new IOException(document + " is a directory");
    byte[] bytes =
        document.equals(STANDARD) ? all(System.in) : Files.readAllBytes(document.toPath());
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static byte[] all(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    for (int count; (count = in.read(buffer)) > 0; ) all.write(buffer, 0, count);
    return all.toByteArray();
  }
}
