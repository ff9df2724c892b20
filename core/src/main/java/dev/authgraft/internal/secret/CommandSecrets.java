package dev.authgraft.internal.secret;

import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;
import java.io.IOException;
import java.util.List;

/**
 * {@code ${command:PROGRAM ARGUMENTS}}: what a program prints, one trailing newline dropped. It is
 * run without a shell, in the config's directory.
 */
public final class CommandSecrets implements SecretSource {
  @Override
  public String scheme() {
    return "command";
  }

  @Override
  public void check(String name) throws SecretException {
    try {
      Command.words(name);
    } catch (SecretException e) {
      throw new SecretException(
          e.reason()
              + " (the placeholder ends at its first '}': put what holds one into a script)");
    }
  }

  @Override
  public String read(String name, SecretSettings settings)
      throws SecretException, InterruptedException {
    List<String> words = Command.words(name);
    String title = "command " + words.get(0);
    Time time = ConfiguredSourceSettings.timeOf(settings);
    long end = time.nanos() + settings.timeout().toNanos();
    try {
      byte[] printed =
          Command.run(words, title, settings.directory().toFile(), () -> time.nanos() - end >= 0);
      return FileSecrets.text(printed, "what " + title + " prints");
    } catch (SecretException e) {
      throw e;
    } catch (IOException e) {
      throw new SecretException(String.valueOf(e.getMessage()));
    }
  }
}
