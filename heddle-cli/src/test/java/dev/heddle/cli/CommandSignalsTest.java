package dev.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIGINT and SIGTERM end each command that takes time, with the exit code of the signal. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals to send")
final class CommandSignalsTest {
  @TempDir
  private Path temp;

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "TERM | 143 | one at a time: | flags --delay 60000 --timeout 600 --style sequential",
      "TERM | 143 | at once:       | flags --delay 60000 --timeout 600 --style threads",
      "TERM | 143 | at once:       | flags --delay 60000 --timeout 600 --style processes",
      "TERM | 143 | at once:       | flags --delay 60000 --timeout 600 --style async",
      "INT  | 130 | at once:       | flags --delay 60000 --timeout 600 --style async",
      "TERM | 143 | to upload to   | images --delay 60000",
      "INT  | 130 | to upload to   | images --delay 60000",
      "TERM | 143 | generation 2,  | life --pattern blinker --size 5x5 --generations 100000000",
      "INT  | 130 | generation 2,  | life --pattern blinker --size 5x5 --generations 100000000",
      "TERM | 143 | started        | each -j2 'sleep {}; echo started; sleep 600' 0 600"})
  void signal_endsTheCommandWithItsCode(String signal, int code, String ready, String line) throws Exception {
    boolean isEach = line.startsWith("each");
    List<String> args = isEach
        ? List.of("each", "-j2", "[ {} = now ] && echo started || sleep 600", "now", "later")
        : List.of(line.split(" "));
    List<String> command = Stream
        .concat(Children.java(Main.class.getName()).stream(),
            Stream.concat(args.stream(), line.startsWith("flags") ? Stream.of("--out", temp.toString()) : Stream.empty()))
        .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String before = output.readLine();
      while (before != null && !before.contains(ready)) {
        before = output.readLine();
      }
      assertThat(before).as("the command runs").isNotNull();
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start().waitFor();
      List<String> after = output.lines().toList();
      assertThat(process.waitFor()).as("after %s", after.subList(Math.max(0, after.size() - 20), after.size()))
          .isEqualTo(code);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
