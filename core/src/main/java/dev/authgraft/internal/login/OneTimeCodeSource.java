package dev.authgraft.internal.login;

import dev.authgraft.internal.credential.LoginDeadline;
import dev.authgraft.internal.credential.LoginFailure;
import dev.authgraft.internal.secret.Command;
import dev.authgraft.internal.secret.FileSecrets;
import dev.authgraft.internal.secret.NamedFiles;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.Digest;
import dev.authgraft.internal.util.Durations;
import dev.authgraft.internal.util.FileAccess;
import dev.authgraft.internal.util.JsonCodec;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.Log;
import dev.authgraft.spi.LoginResponse;
import dev.authgraft.spi.SecretException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source of codes for a second factor. It is asked right before the code is sent. */
public interface OneTimeCodeSource {
  /**
   * Returns a code.
   *
   * @param serverTime the time of day by the server's clock, in milliseconds since the epoch
   */
  String code(LoginContext context, StepValues stepValues, long serverTime, LoginDeadline deadline)
      throws LoginFailure;

  /** Adds the file that the code comes from, or that is run for it. */
  default void addFiles(NamedFiles files) {}

  /** Returns the exchange that fetches the code, or null where none does. */
  default @Nullable Exchange exchange() {
    return null;
  }

  /** Makes codes by RFC 6238, none of them twice: a second login in one step waits for the next. */
  final class TotpSource implements OneTimeCodeSource {
    /**
     * Two of the usual time steps: a login that needs a code later than that fails and says when to
     * try again.
     */
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final Template secret;
    private final String algorithm;
    private final int digits;
    private final int periodSeconds;

    public TotpSource(Template secret, String algorithm, int digits, int periodSeconds) {
      this.secret = secret;
      this.algorithm = algorithm;
      this.digits = digits;
      this.periodSeconds = periodSeconds;
    }

    @Override
    public String code(
        LoginContext context, StepValues stepValues, long serverTime, LoginDeadline deadline)
        throws LoginFailure {
      try {
        String key = secret.resolve(stepValues);
        Totp totp = Totp.of(key, algorithm, digits, periodSeconds);
        long now = totp.stepAt(serverTime);
        long last = totp.stepAt(serverTime + LONGEST_WAIT_MILLIS);
        String digest = Digest.of(Collections.singletonList(key));
        long step = context.totpLedger().reserve(digest, now, last);
        if (step == TotpLedger.NONE) {
          long free = (last + 1) * totp.periodSeconds() * 1000L - serverTime;
          throw LoginFailure.trouble(
              "every one-time code of the next " + Durations.show(free) + " was sent already",
              free);
        }
        if (step > now) {
          long wait = step * totp.periodSeconds() * 1000L - serverTime;
          context.log().log(
              Log.Level.DEBUG, "waiting " + Durations.show(wait) + " for the next one-time code");
          deadline.extend(Duration.ofMillis(wait));
          context.time().sleep(wait);
        }
        return totp.code(step);
      } catch (LoginFailure e) {
        throw e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw LoginFailure.trouble("interrupted while waiting for the next one-time code", e);
      } catch (IOException e) {
        throw LoginFailure.notSent("no one-time code: " + e.getMessage());
      }
    }
  }

  /** Reads the code from a file. */
  final class FileSource implements OneTimeCodeSource {
    private final Template file;
    private final File directory;

    public FileSource(Template file, File directory) {
      this.file = file;
      this.directory = directory;
    }

    @Override
    public String code(
        LoginContext context, StepValues stepValues, long serverTime, LoginDeadline deadline)
        throws LoginFailure {
      try {
        Path path = FileSecrets.resolve(directory.toPath(), file.resolve(stepValues));
        Time time = context.time();
        return checked(FileAccess.within(time, () -> FileSecrets.read(time, path)));
      } catch (IOException e) {
        throw LoginFailure.notSent("no one-time code: " + e.getMessage());
      }
    }

    @Override
    public void addFiles(NamedFiles files) {
      try {
        files.add(file.position(), directory.toPath(), file.resolve(new StepValues()));
      } catch (SecretException e) {
        // Not known here; what is missing has a warning of its own.
      }
    }
  }

  /** Fetches the code with GET: the answer is the code itself, or a JSON object that holds it. */
  final class UrlSource implements OneTimeCodeSource {
    private final Exchange exchange;
    private final @Nullable String pointer;

    public UrlSource(Exchange exchange, @Nullable String pointer) {
      this.exchange = exchange;
      this.pointer = pointer;
    }

    @Override
    public Exchange exchange() {
      return exchange;
    }

    @Override
    public String code(
        LoginContext context, StepValues stepValues, long serverTime, LoginDeadline deadline)
        throws LoginFailure {
      LoginResponse answer = exchange.send(context, stepValues, deadline);
      exchange.check(answer, stepValues, context.time().millis());
      try {
        boolean object = answer.text().trim().startsWith("{");
        String at = pointer == null && object ? "/code" : pointer;
        String code = at == null ? answer.text() : JsonCodec.textAt(answer.body(), at);
        return checked(code == null ? "" : code);
      } catch (IOException e) {
        throw LoginFailure.notSent("no one-time code: " + e.getMessage());
      }
    }
  }

  /** Runs a command, without a shell, and takes the first line that it prints. */
  final class CommandSource implements OneTimeCodeSource {
    private final List<Template> command;
    private final File directory;

    public CommandSource(List<Template> command, File directory) {
      this.command = command;
      this.directory = directory;
    }

    @Override
    public String code(
        LoginContext context, StepValues stepValues, long serverTime, LoginDeadline deadline)
        throws LoginFailure {
      try {
        List<String> words = new ArrayList<>();
        for (Template word : command) words.add(word.resolve(stepValues));
        String title = command.get(0).toString();
        byte[] printed = Command.run(words, title, directory, deadline::isOver);
        String output = new String(printed, StandardCharsets.UTF_8);
        int end = output.indexOf('\n');
        return checked(end < 0 ? output : output.substring(0, end));
      } catch (IOException e) {
        throw LoginFailure.notSent("no one-time code: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw LoginFailure.trouble("interrupted while waiting for a one-time code", e);
      }
    }

    @Override
    public void addFiles(NamedFiles files) {
      Template program = command.get(0);
      try {
        files.addProgram(program.position(), directory.toPath(), program.resolve(new StepValues()));
      } catch (SecretException e) {
        // Not known here; what is missing has a warning of its own.
      }
    }
  }

  /** Returns {@code text} trimmed, if it can be a code. */
  static String checked(String text) throws IOException {
    String code = text.trim();
    if (code.isEmpty()) throw new IOException("the code is empty");
    if (code.length() > 64) throw new IOException("the code is longer than 64 characters");
    for (int i = 0; i < code.length(); i++) {
      if (Character.isISOControl(code.charAt(i))) {
        throw new IOException("the code is more than one line");
      }
    }
    return code;
  }
}
