package dev.authgraft.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The log's file, where writing to it hangs. */
@Timeout(600)
final class LogFileTest {
  private static final int MORE_THAN_A_PIPE_HOLDS = 5_000;

  @TempDir private Path directory;

  @Test
  void aLineIsThereOnceItWasLogged() throws Exception {
    Path file = Files.writeString(directory.resolve("a.log"), "before\n");
    LogFile log = LogFile.open(file.toFile());
    for (String line : List.of("one", "two", "three")) log.println(line);
    assertThat(Files.readAllLines(file)).containsExactly("before", "one", "two", "three");
  }

  /** Writing held the call that logged, once the pipe was full. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it makes a pipe with mkfifo")
  void aPipeThatIsNoLongerReadBlocksNobody() throws Exception {
    Path pipe = directory.resolve("a.log");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<LogFile> opening = CompletableFuture.supplyAsync(() -> open(pipe));
    try (BufferedReader in = Files.newBufferedReader(pipe)) {
      LogFile log = opening.join();
      String padding = "x".repeat(100);
      for (int i = 0; i < MORE_THAN_A_PIPE_HOLDS; i++) log.println(i + " " + padding);
      List<Integer> read = new ArrayList<>();
      int lost = 0;
      while (read.size() + lost < MORE_THAN_A_PIPE_HOLDS) {
        String line = in.readLine();
        String number = line.substring(line.lastIndexOf(' ') + 1);
        if (line.contains("lines lost: ")) lost += Integer.parseInt(number);
        else read.add(Integer.parseInt(line.substring(0, line.indexOf(' '))));
      }
      assertThat(lost).isPositive();
      assertThat(read).hasSizeGreaterThan(LogFile.MOST_LINES).isSorted().doesNotHaveDuplicates();
      log.println("again");
      assertThat(in.readLine()).isEqualTo("again");
    }
  }

  private static LogFile open(Path file) {
    try {
      return LogFile.open(file.toFile());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
