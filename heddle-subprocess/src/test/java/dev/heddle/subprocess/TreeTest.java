package dev.heddle.subprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import dev.heddle.iter.Iter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever ends a process ends its descendants, orphans included. */
@Timeout(60)
final class TreeTest {
  /** Prints the pids of itself, a child, and an orphan that has closed all its files; then lives long. */
  private static final String FAMILY = """
      sleep 600 & child=$!
      orphan=$(sh -c 'sleep 601 >/dev/null 2>&1 </dev/null & echo $!')
      echo $$ $child $orphan
      wait
      """;

  @TempDir
  private Path temp;

  private static List<String> pids(String line) {
    return Arrays.asList(line.strip().split(" "));
  }

  @Test
  void run_timeout_endsTheTreeAndKeepsWhatWasWritten() {
    ProcessTimeoutException timeout = catchThrowableOfType(
        ProcessTimeoutException.class,
        () -> Sh.command("echo partly >&2;" + FAMILY).withTimeout(Duration.ofSeconds(1)).run());

    assertThat(timeout.result().stderr()).isEqualTo("partly\n");
    assertThat(timeout.result().signal()).hasValue(15);
    assertThat(timeout.timeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(timeout).hasMessageContaining("did not end within 1 s; its process tree was ended")
        .hasMessageContaining("partly");
    assertThat(pids(timeout.result().stdout())).hasSize(3).noneMatch(Sh::lives);
  }

  @Test
  void close_treeThatIgnoresTheRequest_isKilledAfterTheGrace() {
    Command stubborn = Sh.command("trap '' TERM;" + FAMILY).withGrace(Duration.ofMillis(100));
    RunningProcess process = stubborn.start();
    List<String> pids = pids(process.lines().next());
    assertThat(pids).hasSize(3).allMatch(Sh::lives);

    process.close();

    assertThat(pids).noneMatch(Sh::lives);
    assertThat(process.poll()).hasValue(137);
  }

  @Test
  void close_treeThatTidiesUp_isGivenTheGrace() throws Exception {
    RunningProcess process = Sh.command("trap 'echo tidied; exit 5' TERM; echo ready; while :; do sleep 0.01; done")
        .withGrace(Duration.ofSeconds(30))
        .start();
    process.lines().next();

    process.close();

    assertThat(process.result().exitCode()).isEqualTo(5);
    assertThat(process.result().stdout()).isEqualTo("ready\ntidied\n");
  }

  @Test
  void terminate_doesNotWait_andAsksTheWholeTree() throws Exception {
    try (RunningProcess process = Sh.command(FAMILY).start()) {
      List<String> pids = pids(process.lines().next());
      process.terminate();
      assertThat(process.result().signal()).hasValue(15);
      for (String pid : pids) {
        awaitDeath(pid);
      }
    }
  }

  @Test
  void kill_returnsWhenTheTreeIsGone() throws Exception {
    try (RunningProcess process = Sh.command("trap '' TERM;" + FAMILY).start()) {
      List<String> pids = pids(process.lines().next());
      process.kill();
      assertThat(pids).noneMatch(Sh::lives);
      assertThat(process.result().signal()).hasValue(9);
    }
  }

  @Test
  void run_interrupted_endsTheTreeAndKeepsTheStatus() throws Exception {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    List<Boolean> status = Collections.synchronizedList(new ArrayList<>());
    for (Thread.Builder kind : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
      CountDownLatch started = new CountDownLatch(1);
      Thread caller = kind.start(() -> {
        try {
          Sh.command(FAMILY).withStdout(Output.lines(line -> {
            lines.add(line);
            started.countDown();
          })).run();
        } catch (ProcessInterruptedException e) {
          thrown.set(e);
          status.add(Thread.currentThread().isInterrupted());
        }
      });
      assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
      caller.interrupt();
      caller.join();
      assertThat(thrown.get()).hasMessageContaining("was interrupted; its process tree was ended");
    }
    assertThat(status).containsExactly(true, true);
    assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(pids(line)).noneMatch(Sh::lives));
  }

  @Test
  void run_cancelledTask_endsTheTree() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    try (Executor executor = ThreadPool.virtual()) {
      Future<?> task = executor.submit(() -> {
        try {
          return Sh.command(FAMILY).withStdout(Output.lines(line -> {
            lines.add(line);
            started.countDown();
          })).run();
        } finally {
          ended.countDown();
        }
      });
      assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
      task.cancel(true);
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(pids(lines.getFirst())).hasSize(3).noneMatch(Sh::lives);
  }

  @Test
  void future_cancelled_endsTheTree() throws Exception {
    RunningProcess process = Sh.command(FAMILY).start();
    List<String> pids = pids(process.lines().next());

    assertThat(process.future().cancel(true)).isTrue();

    for (String pid : pids) {
      awaitDeath(pid);
    }
    assertThatThrownBy(process::result).isInstanceOf(java.util.concurrent.CancellationException.class);
    process.close();
  }

  @Test
  void close_heddleInTheChild_findsItsOrphansToo() {
    // the mark of an outer tree stays in front of an inner one's
    List<String> pids;
    try (RunningProcess process = Sh.command("HEDDLE_TREE=\"$HEDDLE_TREE:1.2.3\"; export HEDDLE_TREE;" + FAMILY).start()) {
      pids = pids(process.lines().next());
    }
    assertThat(pids).hasSize(3).noneMatch(Sh::lives);
  }

  @Test
  void close_processThatEndedByItself_leavesItsServantsAlone() throws Exception {
    String pid;
    try (RunningProcess process = Sh.command("sleep 600 >/dev/null 2>&1 & echo $!").start()) {
      pid = process.result().stdout().strip();
    }
    assertThat(Sh.lives(pid)).isTrue();
    ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void run_grandchildThatHoldsTheOutput_doesNotHangTheCaller() {
    long start = System.nanoTime();
    CompletedProcess result = Sh.command("sleep 600 & echo $!").withLinger(Duration.ofMillis(100)).run();
    String pid = result.stdout().strip();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    assertThat(result.isOutputHeld()).isTrue();
    assertThat(Sh.lives(pid)).isTrue();
    ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void run_grandchildThatWritesMuchLater_disturbsNoLaterRun() throws Exception {
    Path go = temp.resolve("go");
    Path gone = temp.resolve("gone");
    String servant = "(trap '' PIPE; while [ ! -e " + go + " ]; do sleep 0.01; done; echo intruder; echo intruder >&2;"
        + " : >" + gone + ") & :";
    assertThat(Sh.command(servant).withLinger(Duration.ZERO).run().isOutputHeld()).isTrue();

    try (RunningProcess next = Subprocess.command("cat").withStdin(Input.pipe()).start()) {
      Files.createFile(go);
      Sh.await(() -> Files.exists(gone));
      next.stdin().close();
      assertThat(next.result().stdout() + next.result().stderr()).isEmpty();
    }
  }

  @Test
  void run_grandchildThatWritesALittleLater_isWaitedFor() {
    CompletedProcess result = Sh.command("(sleep 0.1; echo late) & echo early").withLinger(Duration.ofSeconds(30)).run();

    assertThat(result.stdout()).isEqualTo("early\nlate\n");
    assertThat(result.isOutputHeld()).isFalse();
  }

  @Test
  void run_grandchildThatNeverStopsWriting_endsWithTheTimeout() {
    ProcessTimeoutException timeout = catchThrowableOfType(ProcessTimeoutException.class,
        () -> Sh.command("while :; do echo x; sleep 0.01; done & echo $!").withTimeout(Duration.ofSeconds(1)).run());

    assertThat(Sh.lives(timeout.result().lines().getFirst())).isFalse();
    assertThat(timeout.result().exitCode()).isZero();
  }

  @Test
  void start_manyLines_areReadAsTheyCome() throws Exception {
    try (RunningProcess process = Sh.command("echo one; read go; echo two").withStdin(Input.pipe()).start();
        Iter<String> lines = process.lines()) {
      assertThat(lines.next()).isEqualTo("one");
      assertThat(process.poll()).isEmpty();
      process.stdin().write("go\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(lines.next()).isEqualTo("two");
      assertThat(lines.hasNext()).isFalse();
    }
  }

  private static void awaitDeath(String pid) throws InterruptedException {
    Sh.await(() -> !Sh.lives(pid));
  }
}
