package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Future;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.TaskFunction;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskTimeoutException;
import dev.heddle.process.launch.WorkerTimeouts;
import dev.heddle.process.pool.PoolAssembly;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.CrossProcessLatches;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.FakeWork;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** That time-outs, cancels and shutdowns end what runs, whatever it does, and nothing else. */
@Bounded(seconds = 120)
class KillTest {
  private static final CrossProcessLatches LATCHES = CrossProcessLatches.open();

  @AfterAll
  static void close() {
    LATCHES.close();
  }

  private static long spin(Gate begun) {
    begun.open();
    while (true) {
      Thread.onSpinWait();
    }
  }

  private static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor()).isZero();
    Eventually.holds(() -> !name.equals("STOP") || Processes.isStopped(pid)); // a thread may be at work for a moment
  }

  @Test
  void timeout_ofAnEndlessLoop_killsItsWorkerOnly() throws Exception {
    try (ProcessExecutor pool = ProcessPool.of(2)) {
      Gate begun = LATCHES.newGate();
      Future<Long> endless = pool.submit(TaskOptions.named("endless").withTimeout(Duration.ofSeconds(3)), () -> spin(begun));
      begun.await();
      long struck = pool.workers().getFirst().pid();
      Gate killed = LATCHES.newGate();
      Future<Long> other = pool.submit(() -> { killed.await(); return ProcessHandle.current().pid(); });
      assertThat(endless.exception()).isInstanceOf(TaskTimeoutException.class).hasMessageContaining("endless");
      Eventually.holds(() -> !Processes.isRunning(struck));
      killed.open();
      assertThat(other.result()).as("the other one's worker").isNotEqualTo(struck);
      Eventually.holds(() -> pool.restarts().total() == 1); // no other worker was killed
      assertThat(pool.crashes()).as("a kill is no crash").isZero();
    }
  }

  @Test
  void timeout_ofAMapThatStopsItsTasks_saysWhatBecomesOfThem() {
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      pool.submit(() -> 1).result();
      MapOptions options = MapOptions.defaults().withTimeout(Duration.ofMillis(200));
      TaskFunction<Integer, Integer> endless = n -> { Thread.sleep(Duration.ofHours(1)); return n; };
      assertThatThrownBy(() -> pool.map(options.withInterruptOnClose(true), endless, List.of(1)).toList())
          .hasMessageContaining("tasks that have begun are stopped with their workers");
      assertThat(pool.submit(() -> 2).result()).as("on another worker").isEqualTo(2);
    }
  }

  @Test
  void cancel_ofATaskWithChildren_killsThemToo() throws Exception {
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      Tally child = LATCHES.newTally();
      Future<Integer> parent = pool.submit(
          () -> {
            Process sleeper = new ProcessBuilder("sleep", "1000").start();
            child.hit();
            return sleeper.waitFor();
          });
      child.await(1);
      long worker = pool.workers().getFirst().pid();
      List<ProcessHandle> children = ProcessHandle.of(worker).orElseThrow().descendants().toList();
      assertThat(children).hasSize(1);
      assertThat(parent.cancel(true)).isTrue();
      Eventually.holds(() -> !Processes.isRunning(children.getFirst().pid()) && !Processes.isRunning(worker));
      assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }
  }

  /** Starts a process through a shell that ends at once, so that the system lists it among the worker's descendants no longer. */
  private static int orphan(String file, Gate begun) throws Exception {
    new ProcessBuilder("sh", "-c", "sleep 1000 >/dev/null 2>&1 </dev/null & echo $! >" + file).start().waitFor();
    begun.open();
    new CountDownLatch(1).await();
    return 0;
  }

  @Test
  @EnabledOnOs(OS.LINUX) // elsewhere orphans cannot be found
  void cancel_ofATaskWithAnOrphan_killsItToo(@TempDir Path temp) throws Exception {
    String file = temp.resolve("pid").toString();
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      Gate begun = LATCHES.newGate();
      Future<Integer> parent = pool.submit(() -> orphan(file, begun));
      begun.await();
      long pid = Long.parseLong(Files.readString(Path.of(file)).strip());
      assertThat(Processes.isRunning(pid)).isTrue();
      assertThat(parent.cancel(true)).isTrue();
      Eventually.holds(() -> !Processes.isRunning(pid));
    }
  }

  @Test
  void timeout_ofAStoppedProcess_isKept() throws Exception {
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      long pid = pool.submit(() -> ProcessHandle.current().pid()).result();
      signal("STOP", pid);
      Future<Integer> stuck = pool.submit(TaskOptions.defaults().withTimeout(Duration.ofMillis(300)), () -> 1);
      assertThat(stuck.exception()).isInstanceOf(TaskTimeoutException.class);
      assertThat(pool.submit(() -> ProcessHandle.current().pid()).result()).isNotEqualTo(pid);
    }
  }

  @Test
  void worker_thatIsStopped_isReplacedThoughTheTaskHasNoTimeout() throws Exception {
    WorkerTimeouts impatient = new WorkerTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10),
        Duration.ofMillis(300));
    PoolAssembly parts = PoolAssembly.assemble(1, ProcessOptions.defaults().withIdleTimeout(Duration.ofDays(1)), impatient);
    FakeWork first = new FakeWork(() -> ProcessHandle.current().pid(), () -> {});
    parts.dispatcher().start(first);
    Object pid = first.outcome.get(60, TimeUnit.SECONDS);
    signal("STOP", (Long) Objects.requireNonNull(pid));
    FakeWork next = new FakeWork(() -> ProcessHandle.current().pid(), () -> {});
    parts.dispatcher().start(next);
    assertThat(next.outcome.get(60, TimeUnit.SECONDS)).isNotEqualTo(pid);
    assertThat(parts.restarts().unfit()).isPositive();
    parts.dispatcher().shutdown();
    assertThat(parts.dispatcher().awaitTermination(Duration.ofSeconds(60))).isTrue();
  }

  @Test
  void close_withAStoppedWorker_endsAllTheSame() throws Exception {
    ProcessExecutor pool = ProcessPool.of(1);
    long pid = pool.submit(() -> ProcessHandle.current().pid()).result();
    signal("STOP", pid);
    pool.shutdown(true, false);
    assertThat(pool.isTerminated()).isTrue();
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void shutdownNow_whileTasksRun_killsThem() throws Exception {
    try (ProcessExecutor pool = ProcessPool.of(2)) {
      Gate one = LATCHES.newGate();
      Gate other = LATCHES.newGate();
      List<Future<Long>> endless = List.of(pool.submit(() -> spin(one)), pool.submit(() -> spin(other)));
      one.await();
      other.await();
      List<Long> pids = pool.workers().stream().map(WorkerStats::pid).toList();
      pool.shutdownNow();
      assertThat(endless).allMatch(Future::isCancelled);
      pool.shutdown(true, false);
      assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    }
  }

  @Test
  void cancel_withLargeDataUnderWay_leavesThePoolWell() throws Exception {
    for (int size : new int[]{900_000, 3 << 20}) { // through the socket, and through shared memory
      byte[] large = new byte[size];
      try (ProcessExecutor pool = ProcessPool.of(1)) {
        for (int i = 0; i < 4; i++) {
          assertThat(pool.submit(() -> 1).result()).isEqualTo(1); // a worker is there
          Gate begun = LATCHES.newGate();
          Future<byte[]> echo = pool.submit(() -> { begun.open(); return large; });
          if (i % 2 == 0) {
            begun.await(); // the result is on its way, or about to be
          }
          echo.cancel(true);
          Throwable end = echo.isCancelled() ? null : echo.exception();
          assertThat(end).isNull();
        }
        assertThat(pool.submit(() -> large).result()).isEqualTo(large);
      }
    }
  }

  @Test
  @Bounded(seconds = 300)
  void workers_thatKillEachOther_costOnlyTheirTasks() {
    for (int workers : new int[]{1, 2, 5, 13}) {
      ProcessOptions patient = ProcessOptions.defaults().withStartTimeout(Duration.ofMinutes(5));
      try (ProcessExecutor pool = ProcessPool.of(workers, patient)) {
        long own = ProcessHandle.current().pid();
        Tally ready = LATCHES.newTally();
        List<Future<Integer>> killers = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
          killers.add(
              pool.submit(
                  () -> {
                    ready.hit();
                    ready.await(workers); // all are there
                    return killSiblings(own);
                  }));
        }
        killers.forEach(Future::exception); // each ends somehow
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
        assertThat(pool.crashes() > 0).as("%d workers", workers).isEqualTo(workers > 1);
      }
    }
  }

  private static int killSiblings(long parent) {
    for (ProcessHandle each : ProcessHandle.of(parent).orElseThrow().children().toList()) {
      if (each.pid() != ProcessHandle.current().pid()) {
        each.destroyForcibly();
      }
    }
    return 1;
  }

  @Test
  void parent_killed_leavesNoWorkersWhateverTheyDo() throws Exception {
    Process parent = Processes.program(List.of(), ShortLived.class).start();
    List<Long> pids = new ArrayList<>();
    try (var lines = parent.inputReader()) {
      while (pids.size() < 3) {
        String line = lines.readLine();
        assertThat(line).isNotNull();
        pids.add(Long.valueOf(line));
      }
      parent.destroyForcibly().waitFor();
    }
    long killed = System.nanoTime();
    Eventually.holds(() -> pids.stream().noneMatch(Processes::isRunning));
    System.out.println("workers gone " + (System.nanoTime() - killed) / 1_000_000 + " ms after their parent");
  }

  /** A program with a pool, to be killed. Its workers print their process ids, and that of a child, once they are at it. */
  static final class ShortLived {
    public static void main(String[] args) throws Exception {
      ProcessExecutor pool = ProcessPool.of(2);
      pool.submit(
          () -> {
            System.out.println(new ProcessBuilder("sleep", "600").start().pid());
            System.out.println(ProcessHandle.current().pid());
            while (true) {
              java.util.concurrent.locks.LockSupport.park();
            }
          });
      pool.submit(
          () -> {
            for (int i = 0; i < 200; i++) {
              counted(50_000); // until the compilers have made of it what they can
            }
            System.out.println(ProcessHandle.current().pid());
            return counted(Integer.MAX_VALUE);
          });
      Thread.sleep(Duration.ofDays(1)); // until the test kills this program
    }

    /** A counted loop, of which a JVM may make one that does not let itself be stopped: a minute for the largest number. */
    private static int counted(int times) {
      int x = 7;
      for (int i = 1; i < times; i++) {
        for (int j = 0; j < 4; j++) { // unrolled
          x = (x ^ i) / (i | 1) + i % (x | 1) + j;
        }
      }
      return x;
    }
  }
}
