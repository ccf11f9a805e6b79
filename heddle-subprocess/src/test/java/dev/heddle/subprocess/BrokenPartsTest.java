package dev.heddle.subprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.iter.Iter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user gives breaks, blocks or leaves interrupts behind: nothing hangs, and nothing partial passes for all. */
@Timeout(60)
final class BrokenPartsTest {

  @Test
  void captureBeyondItsLimit_tellsItsReader() throws Exception {
    Command yes = Subprocess.command("yes").withStdout(Output.capture(1000, Output.Overflow.FAIL));
    try (RunningProcess process = yes.start();
        Iter<String> lines = process.lines()) {
      assertThatThrownBy(() -> lines.forEachRemaining(line -> assertThat(line).isEqualTo("y")))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("is not complete").hasMessageContaining("1000 bytes")
          .hasRootCauseInstanceOf(OutputLimitException.class);
      assertThatThrownBy(process::result).isInstanceOf(OutputLimitException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 20, 24, 25, 26, 28, 32, 60})
  void interruptWhileAGrandchildHoldsTheOutput_endsTheRun(int millis) throws Exception {
    List<Throwable> ends = Collections.synchronizedList(new ArrayList<>());
    Thread runner = Thread.ofPlatform().start(() -> {
      try {
        Sh.command("sleep 600 & echo x").withLinger(Duration.ofMinutes(5)).run();
      } catch (SubprocessException e) {
        ends.add(e);
      }
    });
    TimeUnit.MILLISECONDS.sleep(millis); // around the moment at which the thread is freed from the pipe
    runner.interrupt();
    runner.join(30_000);
    assertThat(runner.isAlive()).isFalse();
    assertThat(ends).singleElement().isInstanceOf(ProcessInterruptedException.class);
  }

  @Test
  void timeout_actionThatBlocks_isInterruptedAndCalledNoMore() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger interrupts = new AtomicInteger();
    CountDownLatch returned = new CountDownLatch(1);
    Command command = Sh.command("echo 1; echo 2; sleep 600").withTimeout(Duration.ofMillis(100))
        .withStdout(Output.lines(line -> {
          calls.incrementAndGet();
          while (release.getCount() > 0) {
            try {
              release.await();
            } catch (InterruptedException e) {
              interrupts.incrementAndGet(); // and goes on all the same
            }
          }
          returned.countDown();
        }));
    assertThatThrownBy(command::run).isInstanceOf(ProcessTimeoutException.class);
    assertThat(interrupts).hasValue(1);
    release.countDown();
    assertThat(returned.await(30, TimeUnit.SECONDS)).isTrue();
    Subprocess.run("true");
    assertThat(calls).hasValue(1);
  }

  @Test
  void timeout_actionThatEndsWhenInterrupted_isStillATimeout() {
    Command command = Sh.command("echo 1; sleep 600").withTimeout(Duration.ofMillis(100))
        .withStdout(Output.lines(line -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
          }
        }));
    assertThatThrownBy(command::run).isInstanceOf(ProcessTimeoutException.class);
  }

  /** Gives some bytes, then breaks. */
  private static InputStream breaking(boolean checked) {
    return new InputStream() {
      private boolean given;

      @Override
      public int read() {
        throw new UnsupportedOperationException("read(bytes, offset, length) is used");
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!given) {
          given = true;
          return 10;
        }
        if (checked) {
          throw new IOException("the disk is gone");
        }
        throw new IllegalStateException("the disk is gone");
      }
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void inputThatBreaks_isNoEndOfTheInput(boolean checked) {
    assertThatThrownBy(() -> Subprocess.command("cat").withStdin(Input.stream(breaking(checked))).run())
        .isInstanceOf(SubprocessException.class)
        .hasMessageContaining("the source of the input of 'cat' threw").hasMessageContaining("the disk is gone");
  }

  @Test
  void start_onAnInterruptedThread_givesTheWholeInput() throws Exception {
    Thread.currentThread().interrupt();
    RunningProcess cat = Subprocess.command("cat").withInput("small").start();
    assertThat(Thread.interrupted()).isTrue();
    try (cat) {
      assertThat(cat.result().stdout()).isEqualTo("small");
    }
  }

  @Test
  void interruptLeftByAnAction_losesNoLines() {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    Sh.command("for i in 1 2 3 4 5; do echo $i; sleep 0.05; done")
        .withStdout(Output.lines(line -> {
          lines.add(line);
          Thread.currentThread().interrupt();
        }))
        .run();
    assertThat(lines).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void interruptLeftByAnInput_losesNoBytes() {
    InputStream stream = new ByteArrayInputStream("x".repeat(100_000).getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] bytes, int offset, int length) {
        Thread.currentThread().interrupt();
        return super.read(bytes, offset, length);
      }
    };
    assertThat(Subprocess.command("cat").withStdin(Input.stream(stream)).run().stdout()).hasSize(100_000);
  }

  @Test
  void grandchildThatNeverFallsSilent_isCutOff() {
    CompletedProcess result = Sh.command("(while echo x; do sleep 0.05; done) 2>/dev/null & echo y")
        .withLinger(Duration.ofMillis(200)).run();
    assertThat(result.isOutputHeld()).isTrue();
    assertThat(result.stdout()).contains("y\n", "x\n");
  }

  @Test
  void slowAction_getsAllThatTheChildWrote() {
    AtomicInteger lines = new AtomicInteger();
    CompletedProcess result = Sh.command("seq 30").withLinger(Duration.ZERO)
        .withStdout(Output.lines(line -> {
          lines.incrementAndGet();
          try {
            TimeUnit.MILLISECONDS.sleep(100); // in all longer than a pump waits for a slow action
          } catch (InterruptedException e) {
            throw new IllegalStateException("no interrupts here", e);
          }
        }))
        .run();
    assertThat(lines).hasValue(30);
    assertThat(result.isOutputHeld()).isFalse();
  }

  @Test
  void kill_doesNotWaitOutTheGraceOfClose() throws Exception {
    RunningProcess process = Sh.command("trap '' TERM; echo ready; while :; do sleep 0.1; done")
        .withGrace(Duration.ofMinutes(5)).start();
    try (Iter<String> lines = process.lines()) {
      assertThat(lines.next()).isEqualTo("ready");
    }
    Thread closer = Thread.ofPlatform().start(process::close);
    while (closer.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait(); // until it is being patient
    }
    process.kill();
    closer.join(30_000);
    assertThat(closer.isAlive()).isFalse();
  }
}
