package dev.heddle.subprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Futures;
import dev.heddle.iter.Iter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class RunningProcessTest {

  @Test
  void poll_runningProcess_isEmptyUntilItsEnd() throws Exception {
    try (RunningProcess process = Sh.command("read line; exit 6").withStdin(Input.pipe()).start()) {
      assertThat(process.poll()).isEmpty();
      assertThat(process.waitFor(Duration.ZERO)).isFalse();
      assertThat(process.pid()).isPositive();
      process.stdin().write('\n');
      assertThat(process.waitFor(Duration.ofSeconds(30))).isTrue();
      assertThat(process.poll()).hasValue(6);
    }
  }

  @Test
  void stdin_closed_isTheEndOfTheInput() throws Exception {
    try (RunningProcess sort = Subprocess.command("sort").withStdin(Input.pipe()).start()) {
      try (OutputStream in = sort.stdin()) {
        in.write("b\na\n".getBytes(StandardCharsets.UTF_8));
      }
      assertThat(sort.result().stdout()).isEqualTo("a\nb\n");
    }
  }

  @Test
  void stdin_ofAChildThatHasEnded_fails() throws Exception {
    try (RunningProcess process = Subprocess.command("true").withStdin(Input.pipe()).start()) {
      process.result();
      assertThatThrownBy(() -> process.stdin().write(new byte[10])).isInstanceOf(IOException.class);
    }
  }

  @Test
  void stdin_blockedWriter_isFreedByClose() throws Exception {
    RunningProcess process = Subprocess.command("sleep", "600").withStdin(Input.pipe()).withGrace(Duration.ZERO).start();
    CountDownLatch failed = new CountDownLatch(1);
    Thread writer = Thread.ofPlatform().start(() -> {
      try (OutputStream in = process.stdin()) {
        while (true) {
          in.write(new byte[65_536]);
        }
      } catch (IOException e) {
        failed.countDown();
      }
    });
    process.close();
    assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();
    writer.join();
  }

  @Test
  void stdout_readTwice_isTheSameFromTheBeginning() throws Exception {
    try (RunningProcess process = Sh.command("echo one; echo two").start()) {
      try (InputStream first = process.stdout(); InputStream second = process.stdout()) {
        assertThat(first.readAllBytes()).isEqualTo(second.readAllBytes()).asString().isEqualTo("one\ntwo\n");
      }
      assertThat(process.result().stdout()).isEqualTo("one\ntwo\n");
    }
  }

  @Test
  void stdout_notRead_doesNotHoldTheProcessUp() throws Exception {
    try (RunningProcess process = Subprocess.start("head", "-c", "1000000", "/dev/zero")) {
      assertThat(process.result().stdoutBytes()).hasSize(1_000_000);
    }
  }

  @Test
  void lines_ofAnEndlessStream_areTakenLazilyInFlatMemory() throws Exception {
    try (RunningProcess yes = Subprocess.command("yes").withStdout(Output.stream()).start()) {
      try (Iter<String> lines = yes.lines()) {
        assertThat(lines.limit(200_000).allMatch("y"::equals)).isTrue();
      }
      assertThat(yes.result().exitCode()).as("the reader closed: SIGPIPE").isEqualTo(141);
      assertThat(yes.result().stdoutBytes()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lines_readInParts_loseNothing(boolean streamed) throws Exception {
    Command seq = Subprocess.command("seq", "5");
    try (RunningProcess process = (streamed ? seq.withStdout(Output.stream()) : seq).start()) {
      Iter<String> lines = process.lines();
      assertThat(lines.limit(2).toList()).containsExactly("1", "2");
      assertThat(lines.anyMatch("3"::equals)).isTrue();
      Iter<String> again = process.lines(); // of a stream, what the first has read ahead belongs to both
      assertThat(streamed ? again.toList() : lines.toList()).containsExactly("4", "5");
      lines.close();
      assertThat(lines.hasNext()).as("closed after its end").isFalse();
    }
  }

  @Test
  void lines_closedEarly_areAnError() throws Exception {
    try (RunningProcess process = Subprocess.start("seq", "5")) {
      Iter<String> lines = process.lines();
      assertThat(lines.next()).isEqualTo("1");
      lines.close();
      assertThatThrownBy(lines::hasNext).isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed before its end");
      assertThatThrownBy(lines::toList).isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed before its end");
      assertThat(process.lines().toList()).as("others of a captured output").hasSize(5);
    }
  }

  @Test
  void streamedOutput_readToItsEnd_isComplete() throws Exception {
    try (RunningProcess process = Subprocess.command("head", "-c", "1000000", "/dev/zero").withStdout(Output.stream())
        .start()) {
      assertThat(process.stdout().readAllBytes()).hasSize(1_000_000);
      assertThat(process.result().exitCode()).isZero();
    }
  }

  @Test
  void close_streamWithoutReader_ends() {
    RunningProcess yes = Subprocess.command("yes").withStdout(Output.stream()).start();
    yes.close();
    assertThat(yes.poll()).hasValue(143);
  }

  @Test
  void streams_interruptedReader_throwsAndKeepsTheStatus() throws Exception {
    try (RunningProcess process = Subprocess.start("sleep", "600")) {
      List<Boolean> interrupted = new ArrayList<>();
      Thread reader = Thread.ofVirtual().start(() -> {
        Thread.currentThread().interrupt();
        try (InputStream out = process.stdout()) {
          int _ = out.read();
        } catch (IOException e) {
          interrupted.add(Thread.currentThread().isInterrupted());
        }
      });
      reader.join();
      assertThat(interrupted).containsExactly(true);
      assertThat(process.poll()).isEmpty();
    }
  }

  @Test
  void result_interruptedWaiter_leavesTheProcessRunning() throws Exception {
    try (RunningProcess process = Subprocess.start("sleep", "600")) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(process::result).isInstanceOf(InterruptedException.class);
      assertThat(process.poll()).isEmpty();
    }
  }

  @Test
  void future_tellsOfTheEnd() throws Exception {
    try (RunningProcess good = Subprocess.start("echo", "x");
        RunningProcess bad = Sh.command("exit 2").withCheck().start()) {
      var done = Futures.wait(List.of(good.future(), bad.future()), Duration.ofSeconds(30));
      assertThat(done.notDone()).isEmpty();
      assertThat(good.future().result().stdout()).isEqualTo("x\n");
      assertThat(bad.future().exception()).isInstanceOf(ProcessFailedException.class);
      assertThatThrownBy(bad::result).isInstanceOf(ProcessFailedException.class);
    }
  }

  @Test
  void future_asAStage_completesWithTheResult() throws Exception {
    try (RunningProcess process = Subprocess.start("echo", "x")) {
      var length = process.future().toCompletableFuture().thenApply(result -> result.stdout().length());
      assertThat(length.get(30, TimeUnit.SECONDS)).isEqualTo(2);
    }
  }

  @Test
  void start_timeout_failsTheFuture() {
    try (RunningProcess process = Subprocess.command("sleep", "600").withTimeout(Duration.ofMillis(50)).start()) {
      assertThatThrownBy(() -> process.future().get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(ProcessTimeoutException.class);
    }
  }

  @Test
  void start_tenSleeps_runAtOnce() throws Exception {
    List<RunningProcess> sleeps = Stream.generate(() -> Subprocess.start("sleep", "0.1")).limit(10).toList();
    for (RunningProcess sleep : sleeps) {
      assertThat(sleep.result().isSuccess()).isTrue();
    }
  }

  @Test
  void streams_thatAreNotThere_areToldWithTheRemedy() {
    try (RunningProcess process = Subprocess.command("true").withStdout(Output.discard()).start()) {
      assertThatThrownBy(process::stdin).isInstanceOf(IllegalStateException.class).hasMessageContaining("Input.pipe()");
      assertThatThrownBy(process::stdout).isInstanceOf(IllegalStateException.class).hasMessageContaining("Output.capture()");
    }
  }
}
