package dev.heddle.cli.each;

import static dev.heddle.cli.each.EachRun.each;
import static dev.heddle.cli.each.EachRun.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Inputs of several parts, the number and pace of jobs, and where outputs are kept. */
@Timeout(60)
final class EachOptionsTest {
  @TempDir
  private Path temp;

  @Test
  void each_lists_giveEachCombination() {
    assertThat(each("-j1", "echo {2}-{1}", ":::", "a", "b c", ":::", "1", "2").lines())
        .containsExactly("1-a", "2-a", "1-b c", "2-b c");
    assertThat(each("-j1", "printf '%s,%s\\n'", ":::", "a", "-n", ":::", "x").lines()).containsExactly("a,x", "-n,x");
    assertThat(each("-j1", "--tag", "echo", ":::", "a", ":::", "x").lines()).containsExactly("a x\ta x");
    assertThat(each("-j1", "echo {}", ":::", "a", "b").lines()).as("one list").containsExactly("a", "b");
    assertThat(each("echo", ":::", ":::", "x").lines()).as("an empty list").isEmpty();
  }

  @Test
  void each_n_givesSeveralInputsToAJob() {
    assertThat(each(text("a\nb\nc\n"), "-j1", "-N", "2", "echo [{1}] [{2}]").lines()).containsExactly("[a] [b]", "[c] []");
    assertThat(each("-j1", "-N", "2", "printf '%s.'", "a", "b c").out()).isEqualTo("a.b c.");
  }

  @Test
  void each_colsep_splitsInputs() {
    assertThat(each(text("a,b\nc\n"), "-j1", "--colsep", ",", "echo [{1}] [{2}] {}").lines())
        .containsExactly("[a] [b] a,b", "[c] [] c");
    assertThat(each(text("a\t$(date)\n"), "--colsep", "\t", "echo {2}").lines()).containsExactly("$(date)");
  }

  @Test
  void each_partsThatInputsDoNotHave_areRefused() {
    assertThat(each("echo {3}", ":::", "a", ":::", "b").err())
        .contains("{3} is input 3 of a job, but each job has 2 inputs");
    assertThat(each("echo {}", ":::", "a", ":::", "b").err()).contains("{} stands for one input", "write {1} to {2}");
    assertThat(each("-N", "0", "echo").err()).contains("-N must be from 1 to 99");
    assertThat(each("-N", "2", "--colsep", ",", "echo").err()).contains("use one of them");
    assertThat(each("--colsep", "(", "echo").err()).contains("--colsep must be a regular expression");
    assertThat(each("-N", "2", "echo", ":::", "a", ":::", "b").err()).contains("-N is for one list of inputs");
  }

  @Test
  void each_numberWithoutParts_isOrdinaryText_andExplained() {
    EachRun run = each("printf '%s %s\\n' {1}", "a");
    assertThat(run.lines()).containsExactly("{1} a");
    assertThat(run.err()).contains("{1} is ordinary text here");
    assertThat(each("echo {} | grep -cE 'a{1}'", "a").err()).isEmpty();
  }

  @Test
  void each_jobs_asPercentage() {
    assertThat(JobCount.parse("50%", 8)).isEqualTo(4);
    assertThat(JobCount.parse("1%", 8)).isEqualTo(1);
    assertThat(JobCount.parse("3", 8)).isEqualTo(3);
    for (String wrong : List.of("0", "0%", "-1", "many", "1000000", "5 %")) {
      assertThat(each("-j", wrong, "echo", "a").err()).contains("--jobs must be a number", "'" + wrong + "'");
    }
  }

  @Test
  void each_delay_holdsStartsApart() {
    long before = System.nanoTime();
    assertThat(each("--delay", "0.2", "-j4", "true", "a", "b", "c").code()).isZero();
    assertThat(System.nanoTime() - before).isGreaterThan(400_000_000);
    assertThat(each("--delay", "-1", "true").err()).contains("--delay must be from 0");
  }

  @Test
  void each_results_keepsOutputs() {
    Path kept = temp.resolve("kept").resolve("here");
    EachRun run = each("-k", "--results", kept.toString(), "echo out {}; echo err {} >&2", "a", "b c");
    assertThat(run.lines()).containsExactly("out a", "out b c");
    assertThat(kept.resolve("2/stdout")).hasContent("out b c");
    assertThat(kept.resolve("2/stderr")).hasContent("err b c");
    assertThat(kept.resolve("2/input")).hasContent("b c");
    assertThat(kept.resolve("1/stdout")).hasContent("out a");
  }

  @Test
  void each_tmpdir_isUsed() {
    assertThat(each("--tmpdir", temp.toString(), "true {}; ls " + temp + " | grep -c heddle-each-", "a").lines())
        .containsExactly("1");
    assertThat(temp).isEmptyDirectory();
    assertThat(each("--tmpdir", temp.resolve("missing").toString(), "true", "a").code()).isEqualTo(255);
  }

  @Test
  void each_failures_areNamedAtTheEnd() {
    assertThat(each("-j1", "exit {}", "0", "3", "4").err()).contains("3 jobs ended, 2 of them failed: 2 (3), 3 (4)");
    assertThat(each("-j1", "exit 1 #", "a", "b", "c", "d", "e", "f").err()).endsWith("5 (e), …" + System.lineSeparator());
  }

  @Test
  void each_lineBuffer_printsWholeLinesAsTheyCome() {
    String talk = "echo {}1; until test -e " + temp + "/b; do sleep 0.01; done; echo {}2";
    EachRun run = each("-j2", "--lb", "test {} = b && { echo b; touch " + temp + "/b; exit; }; " + talk, "a", "b");
    assertThat(run.lines()).containsExactlyInAnyOrder("a1", "a2", "b");
    assertThat(each("--lb", "--tag", "printf '1\\n2'; echo e >&2; exit 3", "x").out()).isEqualTo("x\t1\nx\t2");
    assertThat(each("--lb", "--timeout", "0.5", "echo begun; sleep 600 #", "x").err()).contains("timed out after 0.5 s");
    assertThat(each("--lb", "head -c 3000000 /dev/zero #", "x").out()).hasSize(3_000_000);
    assertThat(each("--lb", "-k", "echo", "x").err()).contains("--keep-order waits for whole outputs");
  }

  @Test
  void each_n_lastJobGetsWhatIsLeft() {
    assertThat(each("-j1", "-N", "3", "printf '[%s]'", "1", "2", "3", "4").out()).isEqualTo("[1][2][3][4]");
    assertThat(each("-N", "100", "echo").err()).contains("-N must be from 1 to 99, but was 100");
  }

  @Test
  void each_parametersOfTheShell_areNoPlaceholders() {
    assertThat(each("set -- p; echo ${1}", ":::", "x").lines()).containsExactly("p x");
    assertThat(each("set -- p; echo ${#}", "x").lines()).containsExactly("1 x");
  }

  @Test
  void each_delay_doesNotDelayTheEnd() {
    long before = System.nanoTime();
    assertThat(each("--delay", "600", "echo", "a").lines()).containsExactly("a");
    assertThat(System.nanoTime() - before).isLessThan(50_000_000_000L);
  }

  @Test
  void each_wrongTemplate_leavesAnEarlierLog() throws IOException {
    Path log = temp.resolve("log");
    each("--joblog", log.toString(), "true", "a");
    String before = Files.readString(log);
    assertThat(each("--joblog", log.toString(), "-N", "2", "echo {3}", "a", "b").code()).isEqualTo(255);
    assertThat(log).hasContent(before);
  }

  @Test
  void each_foldersThatOthersMayExchange_areRefused() throws IOException {
    Path open = Files.createDirectory(temp.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(each("--tmpdir", open.toString(), "true", "a").err()).contains("may be written by other users");
    assertThat(each("--results", open.toString(), "true", "a").err()).contains("may be written by other users");
    Path kept = Files.createDirectory(temp.resolve("kept"));
    Path victim = Files.createDirectory(temp.resolve("victim"));
    Files.writeString(victim.resolve("stdout"), "precious");
    Files.createSymbolicLink(kept.resolve("1"), victim);
    assertThat(each("--results", kept.toString(), "echo", "a").code()).isEqualTo(255);
    assertThat(victim.resolve("stdout")).hasContent("precious");
    assertThat(each("--tmpdir", temp.resolve("missing").toString(), "true", "a").err()).contains("which --tmpdir names");
  }

  @Test
  void each_wordsOfGnuParallel_thatMeanNothingHere_areExplained() {
    assertThat(each("gzip", "-9", "{}", ":::", "a").err())
        .contains("::: begins a list of inputs only directly after COMMAND");
    assertThat(each("echo", "::::", "list").err()).contains("the argument :::: has no meaning here");
    assertThat(each("echo", ":::", "1", ":::+", "a").code()).isEqualTo(255);
    assertThat(each(text(":::\n"), "echo {}").lines()).as("data").containsExactly(":::");
    assertThat(each("echo {1.}", ":::", "a.b").err()).contains("{1.} is ordinary text");
    assertThat(each("-P1", "-n", "2", "echo", "a", "b", "c").lines()).containsExactly("a b", "c");
    assertThat(each("--help").err()).doesNotContain("WARN");
  }
}
