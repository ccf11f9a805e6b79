package dev.heddle.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Bounded
class RawOutputTest {
  @TempDir
  Path folder;

  @Test
  void tail_isTheEndOfTheFile() throws Exception {
    Path file = folder.resolve("w1.out");
    assertThat(RawOutput.tail(file)).isEmpty();
    Files.writeString(file, "x".repeat(5000) + "last words");
    assertThat(RawOutput.tail(file)).hasSize(2048).endsWith("xlast words");
  }

  /** A task may have put something else in its place: a pipe would be waited for, and what a link leads to is not the worker's. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no mkfifo")
  void tail_ofWhatIsNoFile_isEmptyAndDoesNotBlock() throws Exception {
    Path file = folder.resolve("w1.out");
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    assertThat(RawOutput.tail(file)).isEmpty();
    Files.delete(file);
    Files.createSymbolicLink(file, Files.writeString(folder.resolve("secret"), "secret"));
    assertThat(RawOutput.tail(file)).isEmpty();
    Files.delete(file);
    Files.createDirectory(file);
    assertThat(RawOutput.tail(file)).isEmpty();
  }

  @Test
  void keepBelow_keepsTheEnd() throws Exception {
    Path file = Files.writeString(folder.resolve("w1.out"), "y".repeat(5000) + "end");
    RawOutput.keepBelow(file, 10_000);
    assertThat(file).hasSize(5003);
    RawOutput.keepBelow(file, 5000);
    assertThat(Files.readString(file)).hasSizeLessThan(2200).startsWith("[").endsWith("yend");
    RawOutput.keepBelow(folder.resolve("none"), 1);
  }
}
