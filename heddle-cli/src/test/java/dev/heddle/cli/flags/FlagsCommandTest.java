package dev.heddle.cli.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(60)
class FlagsCommandTest {
  @TempDir
  private Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void withoutTerminal() {
    System.clearProperty("heddle.terminal");
    System.clearProperty("heddle.columns");
  }

  private int run(String... args) {
    return run(new PrintWriter(out, true), args);
  }

  private int run(PrintWriter standardOutput, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    if (!all.contains("--out")) {
      all.addAll(List.of("--out", dir.toString()));
    }
    return new CommandLine(new FlagsCommand())
        .setOut(standardOutput)
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private List<String> flags() throws IOException {
    try (var files = Files.list(dir)) {
      return files.map(file -> file.getFileName().toString()).filter(name -> name.contains(".svg")).sorted().toList();
    }
  }

  @Test
  void flags_twoStyles_comparedAndSaved() throws Exception {
    assertThat(run("-s", "LOCAL")).isEqualTo(0);
    assertThat(out.toString())
        .contains("LOCAL server: http://127.0.0.1:", "Downloading 20 flags: from BD to VN")
        .contains("sequential, one at a time:", "threads, 20 at once:")
        .contains("BD BR CD CN DE EG ET FR ID IN IR JP MX NG PH PK RU TR US VN")
        .containsPattern("sequential +1 +20 +0 +0 +0 +\\d+\\.\\d\\d s +1\\.0x")
        .containsPattern("threads +20 +20 +0 +0 +0 +\\d+\\.\\d\\d s +\\d+\\.\\dx")
        .contains("The flags are in " + dir);
    assertThat(err.toString()).isEmpty();
    assertThat(flags()).hasSize(20).allMatch(name -> name.endsWith(".svg"));
  }

  @Test
  void flags_processes_downloadedAndSaved() throws Exception {
    assertThat(run("BR", "us", "--style", "processes", "-s", "LOCAL")).isEqualTo(0);
    assertThat(out.toString()).contains("processes, ", "2 downloaded in ");
    assertThat(err.toString()).isEmpty();
    assertThat(flags()).containsExactly("br.svg", "us.svg");
  }

  @Test
  void flags_processesWhatIsNotThere_exitCode3AsInOtherStyles() {
    assertThat(run("-e", "-l", "9", "-s", "LOCAL", "--style", "processes")).isEqualTo(3);
    assertThat(out.toString()).contains("AB?", ", 4 not found in ");
  }

  @Test
  void flags_processesOfAFailingServer_exitCode1AndReasons() {
    assertThat(run("-s", "ERROR", "--delay", "0", "--retries", "0", "--style", "processes")).isEqualTo(1);
    assertThat(err.toString()).containsPattern("(?m)^[A-Z]{2}: the server answered (418|503)");
  }

  @Test
  void flags_oneStyleTwice_unchanged() {
    assertThat(run("BR", "us", "--style", "threads", "-s", "LOCAL")).isEqualTo(0);
    assertThat(run("BR", "us", "--style", "threads", "-s", "LOCAL")).isEqualTo(0);
    assertThat(out.toString()).contains("2 downloaded in ", "0 downloaded, 2 unchanged in ");
  }

  @Test
  void flags_fresh_downloadedAgain() {
    run("BR", "--style", "threads", "-s", "LOCAL");
    run("BR", "--style", "threads", "-s", "LOCAL", "--fresh");
    assertThat(out.toString()).doesNotContain("unchanged in");
  }

  @Test
  void flags_severalStyles_allDownloadAnew() {
    run("BR", "-s", "LOCAL");
    run("BR", "-s", "LOCAL");
    assertThat(out.toString()).doesNotContain("unchanged in");
  }

  @Test
  void flags_withLimits_everyStyleDownloadsAll() {
    assertThat(run("BR", "US", "-s", "LOCAL", "--rate", "6000/min", "--per-host", "1")).isEqualTo(0);
    assertThat(out.toString().split("2 downloaded in", -1)).as("four styles").hasSize(5);
  }

  @Test
  void flags_verbose_whatBecameOfEach() {
    run("BR", "--style", "sequential", "-s", "LOCAL", "-v");
    assertThat(out.toString()).containsPattern("BR Brazil +downloaded, [0-9,]+ bytes");
  }

  @Test
  void flags_failingServer_exitCode1AndReasons() {
    assertThat(run("-s", "ERROR", "--delay", "0", "--retries", "0", "--style", "threads")).isEqualTo(1);
    assertThat(out.toString()).containsPattern("\\d+ downloaded, \\d errors in").contains("!");
    assertThat(err.toString()).containsPattern("(?m)^[A-Z]{2}: the server answered (418|503)");
  }

  @Test
  void flags_everyPair_exitCode3() {
    assertThat(run("-e", "-l", "9", "-s", "LOCAL", "--style", "threads")).isEqualTo(3);
    assertThat(out.toString()).contains("Downloading 9 flags: from AA to AI", "AB?", ", 4 not found in ");
  }

  @Test
  void flags_slowServer_exitCode1() {
    assertThat(run("BR", "--delay", "60000", "--timeout", "0.2", "--retries", "0", "--style", "threads")).isEqualTo(1);
    assertThat(err.toString()).contains("BR: no complete answer within 200 ms");
  }

  @Test
  void flags_json_nothingElseOnStandardOutput() {
    assertThat(run("BR", "-s", "LOCAL", "--json")).isEqualTo(0);
    assertThat(out.toString().strip()).startsWith("{").endsWith("}");
    assertThat(out.toString())
        .contains("\"style\":\"sequential\"", "\"style\":\"threads\"", "\"outcome\":\"saved\"", "\"sha256\":");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void flags_folderIsAFile_exitCode1AndRemedy() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "");
    assertThat(run("BR", "--out", file.toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("heddle flags: cannot write to " + file).contains("--out DIR");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "ZZ | CC: country code must be one with a flag, but was 'ZZ'",
      "B1 | CC: country code must be two letters (BR), or one letter",
      "-a BR | country codes, --all and --every exclude each other",
      "-a -e | country codes, --all and --every exclude each other",
      "-l 0 | --limit must be at least 1, but was 0",
      "-m 0 | --max-req: maxConnections must be from 1 to 1000, but was 0",
      "-m 1001 | --max-req: maxConnections must be from 1 to 1000, but was 1001",
      "-m many | 'many' is not an int",
      "-s REMOTE | --server: label must be LOCAL (replies at once), DELAY",
      "--style gevent | --style: style must be sequential, threads, processes, async or all, but was 'gevent'",
      "--delay soon | --delay: delay must be two numbers of milliseconds, such as 50-150",
      "--delay 9-5 | --delay: maxDelay must be at least minDelay, 9 ms, but was 5 ms",
      "--delay 5 -s LOCAL | --delay: a LOCAL server replies at once",
      "--rate 5 | --rate: '5' is no rate; give one such as 5/s, 100/min or 2000/h",
      "--rate 0/s | --rate: permits must be at least 1, but was 0",
      "--rate -1/s | --rate: '-1/s' is no rate",
      "--rate 5/d | --rate: '5/d' is no rate",
      "--per-host 0 | --per-host: perHost must be at least 1, but was 0",
      "--retries -1 | --retries must not be negative, but was -1",
      "--timeout 0 | --timeout must be from 0.001 to 86400 seconds, but was 0.0",
      "--timeout NaN | --timeout must be from 0.001 to 86400 seconds, but was NaN",
  })
  void flags_wrongUsage_exitCode2AndReason(String args, String reason) throws Exception {
    assertThat(run(args.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(reason);
    assertThat(flags()).isEmpty();
  }

  @Test
  void flags_help_everyOptionExplained() {
    assertThat(run("--help")).isEqualTo(0);
    assertThat(out.toString()).contains(
        "CC", "--all", "--every", "--limit", "--max-req", "--server", "--style", "--delay", "--seed", "--timeout",
        "--retries", "--rate=N/s", "--per-host=N", "--fresh", "--out", "--verbose", "--json", "130, 143 ",
        "heddle flags BR US F");
  }

  @Test
  void flags_terminalForErrors_barThereAndPlainCodesHere() {
    System.setProperty("heddle.terminal", "err");
    assertThat(run("BR", "US", "-s", "LOCAL", "--style", "sequential")).isEqualTo(0);
    assertThat(err.toString()).contains("sequential", "2/2");
    assertThat(out.toString()).contains("BR US\n2 downloaded").doesNotContain("\u001b");
  }

  @Test
  void flags_narrowTerminal_everyLineFits() {
    System.setProperty("heddle.terminal", "out,err");
    System.setProperty("heddle.columns", "60");
    run("-s", "LOCAL", "--style", "threads");
    assertThat(err.toString().split("[\\r\\n]|\u001b\\[K")).anyMatch(line -> line.contains("20/20"))
        .allMatch(line -> line.length() < 60);
  }

  @Test
  void flags_tooNarrowForABar_noneAndShortLines() {
    System.setProperty("heddle.terminal", "out,err");
    System.setProperty("heddle.columns", "30");
    run("-s", "LOCAL", "--style", "threads");
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).doesNotContain("\u001b");
    assertThat(out.toString().lines().filter(line -> line.matches("([A-Z]{2} ?)+"))).hasSize(3)
        .allMatch(line -> line.length() <= 28);
  }

  @Test
  void flags_verboseAndFailing_eachErrorOnce() {
    assertThat(run("-e", "-l", "200", "-s", "ERROR", "--delay", "0", "--style", "threads", "-v")).isEqualTo(1);
    assertThat(out.toString()).contains("AA AA", "the server answered 418");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void flags_manyErrors_firstTenAndHowToSeeAll() {
    run("-e", "-l", "200", "-s", "ERROR", "--delay", "0", "--style", "threads");
    assertThat(err.toString().lines()).hasSize(11).last().asString().matches("and \\d+ more; -v shows all");
  }

  @Test
  void flags_noTerminal_noBar() {
    run("BR", "-s", "LOCAL");
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).doesNotContain("\u001b", "\r");
  }

  @Test
  void flags_interrupted_exitCode130AndPartialReport() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    PrintWriter watched = new PrintWriter(out, true) {
      @Override
      public void println(String line) {
        super.println(line);
        if (line.startsWith("threads, ")) {
          begun.countDown();
        }
      }
    };
    FutureTask<Integer> command = new FutureTask<>(
        () -> run(watched, "--delay", "60000", "--timeout", "600", "--style", "threads"));
    Thread thread = Thread.ofPlatform().start(command);
    begun.await();
    thread.interrupt();
    assertThat(command.get()).isEqualTo(130);
    assertThat(err.toString()).contains("interrupted; the outcomes until then:");
    assertThat(out.toString()).contains("0 downloaded, 20 cancelled in ");
    assertThat(flags()).isEmpty();
  }
}
