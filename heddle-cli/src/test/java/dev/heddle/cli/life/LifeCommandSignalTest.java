package dev.heddle.cli.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.Children;
import dev.heddle.cli.Main;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Ctrl-C while a picture moves, in a process of its own. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGINT to send")
final class LifeCommandSignalTest {

  @Test
  void life_ctrlC_showsTheCursorAgain() throws Exception {
    Process process = new ProcessBuilder(Children.java(
        "-Dheddle.terminal=out", "-Dstdout.encoding=UTF-8",
        Main.class.getName(),
        "life", "--pattern", "blinker", "--size", "5x5"))
        .redirectErrorStream(true)
        .start();
    try (InputStream output = process.getInputStream()) {
      String before = readUntil(output, "generation 1,");
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).inheritIO().start().waitFor();
      String after = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s%s", before, after).isEqualTo(130);
      assertThat(before).startsWith("\u001b[?25l");
      assertThat(after).endsWith("\u001b[?25h");
    } finally {
      process.destroyForcibly();
    }
  }

  private static String readUntil(InputStream in, String end) throws Exception {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int next = in.read();
      assertThat(next).as("after: %s", text).isNotEqualTo(-1);
      text.append((char) next);
    }
    return text.toString();
  }
}
