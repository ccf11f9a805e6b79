package dev.heddle.cli.each;

import static dev.heddle.cli.each.EachRun.each;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job log, and runs that resume from it. */
@Timeout(60)
final class EachJobLogTest {
  @TempDir
  private Path temp;

  @Test
  void each_resume_distinguishesLineBreaksAndBackslashes() throws IOException {
    String log = temp.resolve("log").toString();
    for (String template : List.of("printf '%s|' {}", "printf '%s|' \"{}\"", "printf '%s|' '{}'",
        "printf '%s|' \"$HEDDLE_INPUT\" #")) {
      Files.deleteIfExists(temp.resolve("log"));
      each("--joblog", log, template, "a\nb");
      assertThat(each("--joblog", log, "--resume", template, "a\\nb").err()).as(template)
          .contains("it is the log of another command");
      assertThat(each("--joblog", log, "--resume", template, "a\nb").code()).as(template).isZero();
    }
  }

  @Test
  void each_resume_distinguishesLineBreaksOfTheCommand() {
    String log = temp.resolve("log").toString();
    each("--joblog", log, "echo a\necho {}", "x");
    assertThat(each("--joblog", log, "--resume", "echo a\\necho {}", "x").err())
        .contains("it is the log of another command");
    EachRun same = each("--joblog", log, "--resume", "echo a\necho {}", "x");
    assertThat(same.out() + same.err()).isEmpty();
  }

  @Test
  void each_resume_readsLogsOfEarlierVersions() throws IOException {
    Path log = temp.resolve("log");
    each("--joblog", log.toString(), "echo x{}>/dev/null", "a");
    assertThat(log).content().contains("echo x'a'>/dev/null");
    Files.writeString(log, Files.readString(log).replace("x'a'>", "xa>"));
    assertThat(each("--joblog", log.toString(), "--resume", "echo x{}>/dev/null", "a").code()).isZero();
  }

  @Test
  void each_joblog_hasLineBreaksAndBackslashesAsGnuParallel() throws IOException {
    Path log = temp.resolve("log");
    each("--joblog", log.toString(), "printf '%s\\n' a\necho {}", "x");
    assertThat(Files.readAllLines(log).getLast()).endsWith("\tprintf '%s\\n' a\0echo x");
  }

  @Test
  void each_joblog_hasTheColumnsOfGnuParallel() throws IOException {
    Path log = temp.resolve("log");
    each("-j", "1", "--joblog", log.toString(), "echo {}; exit {#}", "a b", "c'd");

    List<String> lines = Files.readAllLines(log);
    assertThat(lines.getFirst()).isEqualTo("Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand");
    assertThat(lines.get(1)).matches("1\t:\t\\d+\\.\\d{3}\t +\\d+\\.\\d{3}\t0\t4\t1\t0\techo 'a b'; exit 1");
    assertThat(lines.get(2)).endsWith("\t2\t0\techo 'c'\\''d'; exit 2");
  }

  @Test
  void each_resume_skipsWhatIsInTheLog() {
    String log = temp.resolve("log").toString();
    String script = "echo {}; test {} != b -o -e " + temp.resolve("mended");
    assertThat(each("-k", "--joblog", log, script, "a", "b").code()).isEqualTo(1);

    assertThat(each("-k", "--joblog", log, "--resume", script, "a", "b", "c").lines()).containsExactly("c");
    assertThat(temp.resolve("mended").toFile().mkdir()).isTrue();
    EachRun again = each("-k", "--joblog", log, "--resume-failed", script, "a", "b", "c", "d");
    assertThat(again.lines()).containsExactly("b", "d");
    assertThat(again.code()).isZero();
    assertThat(each("--joblog", log, "--resume-failed", script, "a", "b", "c", "d").out()).isEmpty();
  }

  @Test
  void each_resumeAfterAKill_doesTheBrokenLineAgain() throws IOException {
    Path log = temp.resolve("log");
    each("--joblog", log.toString(), "echo {}", "a", "b");
    String text = Files.readString(log);
    Files.writeString(log, text.substring(0, text.length() - 3));

    assertThat(each("-k", "--joblog", log.toString(), "--resume", "echo {}", "a", "b").lines()).hasSize(1);
    assertThat(each("-k", "--joblog", log.toString(), "--resume", "echo {}", "a", "b").lines()).isEmpty();
  }

  @Test
  void each_resumeWithOtherInputs_isRefused() {
    String log = temp.resolve("log").toString();
    each("--joblog", log, "echo {}", "a");

    EachRun run = each("--joblog", log, "--resume", "echo {}", "other");

    assertThat(run.code()).isEqualTo(255);
    assertThat(run.err()).contains("job 1 is 'echo other', but the log " + log + " has 'echo a'");
  }

  @Test
  void each_resumeOfAFileThatIsNoLog_isRefused() throws IOException {
    Path file = Files.writeString(temp.resolve("precious"), "my novel\n");
    EachRun run = each("--joblog", file.toString(), "--resume", "echo", "a");
    assertThat(run.code()).isEqualTo(255);
    assertThat(run.err()).contains("is not a job log");
    assertThat(file).hasContent("my novel\n");
  }
}
