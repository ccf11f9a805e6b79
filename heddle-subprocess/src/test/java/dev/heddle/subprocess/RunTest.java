package dev.heddle.subprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import dev.heddle.subprocess.Output.Overflow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class RunTest {
  private static final byte[] BIG = new byte[3_000_000];

  static {
    new Random(7).nextBytes(BIG);
  }

  @TempDir
  private Path temp;

  @Test
  void run_echo_returnsItsOutput() {
    CompletedProcess echo = Subprocess.run("echo", "Hello from the child!");

    assertThat(echo.stdout()).isEqualTo("Hello from the child!\n");
    assertThat(echo.stderr()).isEmpty();
    assertThat(echo.exitCode()).isZero();
    assertThat(echo.isSuccess()).isTrue();
    assertThat(echo.signal()).isEmpty();
    assertThat(echo.duration()).isPositive();
    assertThat(echo.isOutputHeld()).isFalse();
  }

  @Test
  void run_argumentsWithSpecialCharacters_arePassedAsTheyAre() {
    List<String> hostile = new ArrayList<>(List.of("", " ", "; rm -rf x", "$(echo no)", "`x`", "a\nb", "'\"\\", "*"));
    if (Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode("안녕")) {
      hostile.add("안녕");
    } else { // the system's locale cannot say it, and would make question marks of it
      assertThatThrownBy(() -> Command.of(List.of("printf", "안녕")).run())
          .isInstanceOf(StartException.class)
          .hasMessageContaining("LC_ALL");
    }
    List<String> args = new ArrayList<>(List.of("printf", "[%s]\\n"));
    args.addAll(hostile);

    assertThat(Command.of(args).run().stdout())
        .isEqualTo(String.join("", hostile.stream().map(arg -> "[" + arg + "]\n").toList()));
  }

  @Test
  void run_exitCodeAndSignal_areTold() {
    assertThat(Sh.run("exit 3").exitCode()).isEqualTo(3);
    assertThat(Sh.run("exit 3").isSuccess()).isFalse();
    assertThat(Sh.run("kill -TERM $$").signal()).hasValue(15);
    assertThat(Sh.run("kill -KILL $$").exitCode()).isEqualTo(137);
    assertThat(Sh.run("kill -KILL $$").signal()).hasValue(9);
  }

  @Test
  void run_muchOnBothOutputs_doesNotDeadlock() {
    CompletedProcess both = Sh.run(
        "i=0; while [ $i -lt 40 ]; do head -c 10000 /dev/zero >&2; head -c 9999 /dev/zero; i=$((i+1)); done");

    assertThat(both.stderrBytes()).hasSize(400_000);
    assertThat(both.stdoutBytes()).hasSize(399_960);
  }

  @Test
  void run_muchErrorBeforeAnyOutput_doesNotDeadlock() {
    CompletedProcess both = Sh.run("head -c 200000 /dev/zero >&2; echo done");

    assertThat(both.stdout()).isEqualTo("done\n");
    assertThat(both.stderrBytes()).hasSize(200_000);
  }

  @Test
  void run_muchInputThroughCat_comesBack() {
    assertThat(Subprocess.command("cat").withInput(BIG).run().stdoutBytes()).isEqualTo(BIG);
    Input stream = Input.stream(new ByteArrayInputStream(BIG));
    assertThat(Subprocess.command("cat").withStdin(stream).run().stdoutBytes()).isEqualTo(BIG);
  }

  @Test
  void run_inputOfAnySize_arrivesWhole() {
    for (int size : new int[]{0, 1, 4095, 4096, 4097, 65_536, 65_537}) {
      assertThat(Subprocess.command("wc", "-c").withInput(new byte[size]).run().stdout().strip()).isEqualTo("" + size);
    }
  }

  @Test
  void run_inputThatIsNotRead_isNoError() {
    assertThat(Subprocess.command("true").withInput(BIG).run().exitCode()).isZero();
    assertThat(Subprocess.command("head", "-c", "5").withInput(BIG).run().stdoutBytes()).hasSize(5);
  }

  @Test
  void run_withoutInput_findsItsEnd() {
    assertThat(Subprocess.run("cat").stdout()).isEmpty();
  }

  @Test
  void run_inputFromFile_isReadByTheChild() throws IOException {
    Path file = Files.writeString(temp.resolve("in"), "from a file");
    assertThat(Subprocess.command("cat").withStdin(Input.file(file)).run().stdout()).isEqualTo("from a file");
  }

  @Test
  void run_inputStreamThatNeverEnds_endsWithTheChild() {
    var endless = new java.io.InputStream() {
      @Override
      public int read() {
        return 'x';
      }
    };
    assertThat(Subprocess.command("head", "-c", "3").withStdin(Input.stream(endless)).run().stdout()).isEqualTo("xxx");
  }

  @Test
  void run_charset_isUsedForTextBothWays() {
    Command cat = Subprocess.command("cat").withCharset(StandardCharsets.ISO_8859_1).withInput("grün");
    assertThat(cat.run().stdoutBytes()).isEqualTo("grün".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(cat.run().stdout()).isEqualTo("grün");
  }

  @Test
  void run_environment_isChangedForTheChildAlone() {
    Command print = Sh.command("printf '%s,%s' \"$SHUTTLE\" \"$HOME\"");

    assertThat(print.withVariable("SHUTTLE", "a b").withoutVariable("HOME").run().stdout()).isEqualTo("a b,");
    assertThat(System.getenv("SHUTTLE")).isNull();
  }

  @Test
  void run_cleanEnvironment_holdsWhatWasSetAndTheMark() {
    Command env = Subprocess.command("/usr/bin/env").withVariable("A", "1").withCleanEnvironment().withVariable("B", "2");

    assertThat(env.run().lines())
        .filteredOn(line -> !line.startsWith("HEDDLE_TREE="))
        .containsExactlyInAnyOrder("A=1", "B=2");
  }

  @Test
  void run_directory_isTheChilds() throws IOException {
    assertThat(Subprocess.command("pwd", "-P").withDirectory(temp).run().stdout().strip())
        .isEqualTo(temp.toRealPath().toString());
  }

  @Test
  void run_outputToFiles_isWrittenThere() throws IOException {
    Path file = Files.writeString(temp.resolve("out"), "old");

    CompletedProcess first = Sh.command("echo one").withStdout(Output.file(file)).run();
    Sh.command("echo two >&2").withStderr(Output.append(file)).run();

    assertThat(file).hasContent("one\ntwo\n");
    assertThat(first.stdout()).isEmpty();
  }

  @Test
  void run_discardedAndMergedOutput() {
    assertThat(Sh.command("echo no; echo yes >&2").withStdout(Output.discard()).run().stderr()).isEqualTo("yes\n");
    assertThat(Sh.command("echo a; echo b >&2; echo c").withStderr(Output.merge()).run().stdout()).isEqualTo("a\nb\nc\n");
  }

  @Test
  void run_lines_areGivenToTheAction() {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());

    Sh.command("printf 'one\\r\\ntwo\\n\\ngr\\303'; printf '\\274n'").withStdout(Output.lines(lines::add)).run();

    assertThat(lines).containsExactly("one", "two", "", "grün");
  }

  @Test
  void run_actionSlowerThanTheLinger_isGivenAllLines() {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    CompletedProcess result = Sh.command("echo $$; i=0; while [ $i -lt 3000 ]; do echo $i; i=$((i+1)); done")
        .withLinger(Duration.ZERO)
        .withStdout(Output.lines(line -> {
          if (lines.isEmpty()) {
            outlive(line);
          }
          lines.add(line);
        }))
        .run();
    assertThat(lines.subList(1, lines.size())).isEqualTo(IntStream.range(0, 3000).mapToObj(String::valueOf).toList());
    assertThat(result.isOutputHeld()).isFalse();
  }

  /** Returns a good while after a process has ended. */
  private static void outlive(String pid) {
    long ended = System.nanoTime();
    while (System.nanoTime() - ended < 100_000_000) {
      if (Sh.lives(pid)) {
        ended = System.nanoTime();
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void run_actionThatThrows_endsTheTreeAndIsTheCause() {
    IllegalStateException thrown = new IllegalStateException("enough");
    List<String> pid = new ArrayList<>();

    assertThatThrownBy(() -> Sh.command("echo $$; exec sleep 600").withStdout(Output.lines(line -> {
      pid.add(line);
      throw thrown;
    })).run())
        .isInstanceOf(SubprocessException.class)
        .hasMessageContaining("threw java.lang.IllegalStateException: enough")
        .hasCause(thrown);
    assertThat(Sh.lives(pid.getFirst())).isFalse();
  }

  @Test
  void run_manyAtOnce_eachGetsItsOwnOutput() {
    List<Integer> numbers = IntStream.range(0, 80).boxed().toList();
    try (Executor executor = ThreadPool.virtual(8)) {
      assertThat(executor.map(n -> Subprocess.run("echo", String.valueOf(n)).stdout(), numbers).toList())
          .isEqualTo(numbers.stream().map(n -> n + "\n").toList());
    }
  }

  @Test
  void run_moreOutputThanAllowed_isAnErrorThatNamesTheRemedy() {
    assertThatThrownBy(() -> Subprocess.command("yes").withStdout(Output.capture(1000, Overflow.FAIL)).run())
        .isInstanceOf(OutputLimitException.class)
        .hasMessage("'yes' wrote more than the 1000 bytes to be captured, and was killed; use"
            + " Output.capture(limit, Overflow.KEEP_FIRST or KEEP_LAST), Output.lines(action) or Output.file(path)");
  }

  @Test
  void run_exactlyTheLimit_isFine() {
    CompletedProcess exact = Subprocess.command("printf", "12345").withStdout(Output.capture(5, Overflow.FAIL)).run();
    assertThat(exact.stdout()).isEqualTo("12345");
    assertThat(exact.isStdoutTruncated()).isFalse();
  }

  @Test
  void run_keepFirstAndKeepLast_keepSoMuchAndSayThatItIsNotAll() {
    Command numbers = Sh.command("i=10000; while [ $i -lt 20000 ]; do echo $i; i=$((i+1)); done");

    CompletedProcess first = numbers.withStdout(Output.capture(12, Overflow.KEEP_FIRST)).run();
    CompletedProcess last = numbers.withStdout(Output.capture(12, Overflow.KEEP_LAST)).run();
    CompletedProcess all = numbers.withStdout(Output.capture(100_000, Overflow.KEEP_LAST)).run();

    assertThat(first.stdout()).isEqualTo("10000\n10001\n");
    assertThat(last.stdout()).isEqualTo("19998\n19999\n");
    assertThat(all.lines()).hasSize(10_000);
    assertThat(List.of(first.isStdoutTruncated(), last.isStdoutTruncated(), all.isStdoutTruncated()))
        .containsExactly(true, true, false);
  }

  @Test
  void run_checked_lastWordsCannotControlATerminal() {
    assertThatThrownBy(() -> Sh.command("printf 'first\\n\\033[2Jsecond' >&2; exit 4").withCheck().run())
        .hasMessageContaining(": first\n\\x1b[2Jsecond");
  }

  @Test
  void run_checked_throwsWithTheLastWords() {
    assertThatThrownBy(() -> Sh.command("echo 'no such fabric' >&2; exit 4").withCheck().run())
        .isInstanceOf(ProcessFailedException.class)
        .hasMessageContaining("ended with exit code 4; allowed are [0]: no such fabric")
        .satisfies(e -> assertThat(((ProcessFailedException) e).result().exitCode()).isEqualTo(4));
    assertThat(Sh.command("exit 4").withAllowedExitCodes(0, 4).withCheck().run().isSuccess()).isTrue();
  }

  @Test
  void command_badInput_isToldWithTheRemedy() {
    Command good = Subprocess.command("true");
    assertThatThrownBy(() -> Command.of(List.of())).hasMessageContaining("must begin with the name of a program");
    assertThatThrownBy(() -> Subprocess.command("")).hasMessageContaining("must begin with the name of a program");
    assertThatThrownBy(() -> Subprocess.command("a\0b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a\\0b'");
    assertThatThrownBy(() -> good.withVariable("A=B", "c")).hasMessageContaining("must not be empty nor contain '='");
    assertThatThrownBy(() -> good.withTimeout(Duration.ZERO)).hasMessageContaining("timeout must be longer than zero");
    assertThatThrownBy(() -> good.withGrace(Duration.ofSeconds(-1))).hasMessageContaining("grace must not be negative");
    assertThatThrownBy(() -> good.withStdout(Output.merge())).hasMessageContaining("Output.merge() is for stderr");
    assertThatThrownBy(() -> Output.capture(0, Overflow.FAIL)).hasMessageContaining("limit must be from 1 byte");
    assertThatThrownBy(() -> good.withStdin(Input.pipe()).run()).hasMessageContaining("use start()");
    assertThatThrownBy(() -> good.withStdout(Output.stream()).run()).hasMessageContaining("use start()");
  }
}
