package dev.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class MainTest {

  /** How a run of the command ended. */
  private record Run(int code, String out, String err) {}

  /** Runs the command in this JVM. The recipes print to System.out, which is therefore caught as well. */
  private static Run heddle(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      int code = Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(args);
      return new Run(code, out + printed.toString(StandardCharsets.UTF_8), err.toString());
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void version_always_namesHeddleAndJava() {
    Run run = heddle("--version");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith("heddle ")
        .contains("on Java " + Runtime.version() + " in " + System.getProperty("java.home"));
  }

  @Test
  void help_always_listsTheCommands() {
    Run run = heddle("--help");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("cookbook", "bench").doesNotContain("\u001b[");
  }

  @Test
  void noCommand_isAUsageErrorThatNamesTheCommands() {
    Run run = heddle();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("no command given; the commands are ", "cookbook", "'heddle --help'");
  }

  @Test
  void unknownCommand_isToldWhatWasMeant() {
    Run run = heddle("cookbok");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("unknown command 'cookbok'").contains("Did you mean: heddle cookbook?");
  }

  @Test
  void unknownOption_isToldWhatWasMeant() {
    Run run = heddle("cookbook", "--sorce", "D19");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("Unknown option: '--sorce'", "--source", "'heddle cookbook --help'");
  }

  @Test
  void optionThatIsNoNumber_saysWhatItTakes() {
    assertThat(heddle("flags", "-m", "many").err())
        .contains("'--max-req': 'many' is not a number in the allowed range; give one such as 10");
    assertThat(heddle("flags", "--seed", "x").err()).contains("'--seed': 'x' is not a number in the allowed range");
    assertThat(heddle("flags", "--timeout", "soon").err())
        .contains("'--timeout': 'soon' is not a number in the allowed range");
  }

  @Test
  void versionOfASubcommand_isAUsageErrorRatherThanNothing() {
    assertThat(heddle("cookbook", "-V").code()).isEqualTo(2);
    assertThat(heddle("bench", "-V").code()).isEqualTo(2);
  }

  @Test
  void cookbook_longNotice_isWrappedToTheScreen() {
    Run run = heddle("cookbook", "E28");
    assertThat(run.out().lines().takeWhile(line -> !line.isBlank())).hasSizeGreaterThan(3)
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void cookbook_withoutId_listsTheRecipes() {
    Run run = heddle("cookbook");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("D24  Two tasks that wait for each other");
  }

  @Test
  void cookbook_withIds_runsThemInTurn() {
    Run run = heddle("cookbook", "D25", "d19");
    assertThat(run.code()).isZero();
    assertThat(run.out()).containsSubsequence("D25  ", "In Python this hangs", "25\n", "D19  ", "256\n");
  }

  @Test
  void cookbook_source_showsTheCodeAndRunsNothing() {
    Run run = heddle("cookbook", "D19", "--source");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("final class D19Submit").doesNotContain("256");
  }

  @Test
  void cookbook_unknownId_namesTheNearest() {
    Run run = heddle("cookbook", "D2A");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("there is no recipe 'D2A'; similar ids: D24");
  }

  @Test
  void cookbook_words_listWhatIsAboutThem() {
    Run run = heddle("cookbook", "deadlock");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("D24  ", "D25  ", "heddle cookbook D24 --source").doesNotContain("D19  ", "25\n\n");
  }

  @Test
  void cookbook_misspeltWord_isToldWhatWasMeant() {
    Run run = heddle("cookbook", "deadlok");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("there is no recipe 'deadlok'; did you mean 'deadlock' (D24, D25)?");
  }

  @Test
  void cookbook_run_namesTheSectionOfTheNotes() {
    assertThat(heddle("cookbook", "D25").out()).contains("Python: wait_on_future waits", "Notes D: ThreadPoolExecutor");
  }

  @Test
  void cookbook_sourceOfNothing_isAUsageError() {
    Run run = heddle("cookbook", "--source");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--source needs an ID, or --all");
  }

  @Test
  void cookbook_allAndAnId_isAUsageError() {
    Run run = heddle("cookbook", "--all", "D19");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--all and the id D19 exclude each other");
  }

  @Test
  void bench_jsonThatCannotBeWritten_isToldBeforeMeasuring(@TempDir Path folder) {
    Run run = heddle("bench", "--json", folder.resolve("missing/out.json").toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--json must be a file that can be written").contains("out.json");
  }

  @Test
  void help_ofACommand_isItsUsage() {
    assertThat(heddle("help", "each").out()).contains("Runs a command for each input");
    assertThat(heddle("help").out()).contains("Commands:");
    assertThat(heddle("nonsense", "--help").code()).isEqualTo(2);
    assertThat(heddle("nonsense", "--help").err()).contains("unknown command 'nonsense'");
  }

  @Test
  void misspeltCommand_isToldWhatWasMeantAlsoBesideHelp() {
    assertThat(heddle("flgas", "--help").code()).isEqualTo(2);
    assertThat(heddle("flgas", "--help").err()).contains("unknown command 'flgas'", "Did you mean: heddle flags");
    assertThat(heddle("help", "flgas").code()).isEqualTo(2);
    assertThat(heddle("help", "flgas").err()).contains("unknown command 'flgas'", "Did you mean: heddle flags");
  }

  @Test
  void usages_areAtMost80ColumnsWide() {
    Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter())).getSubcommands()
        .forEach((name, command) -> assertThat(command.getUsageMessage().lines()).as(name)
            .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80)));
  }

  @Test
  void dist_withoutTheLauncher_isAUsageErrorThatSaysSo() {
    Run run = heddle("dist");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("start it by that");
  }

  @Test
  void argumentsThatBeginWithAt_areNotFiles() {
    assertThat(heddle("flags", "@/etc/hostname").err()).contains("'@/etc/hostname'");
    assertThat(heddle("cookbook", "@/etc/hostname").err()).contains("'@/etc/hostname'");
  }

  @Test
  void argumentFiles_areOffInEveryCommand() {
    var main = Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
    assertThat(main.isExpandAtFiles()).isFalse();
    assertThat(main.getSubcommands()).containsKeys("flags", "images", "life", "each", "cookbook", "bench")
        .allSatisfy((name, command) -> assertThat(command.isExpandAtFiles()).as(name).isFalse());
  }
}
