package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskTimeoutException;
import dev.heddle.process.launch.WorkerTimeouts;
import dev.heddle.process.pool.PoolAssembly;
import dev.heddle.process.wire.Frame;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.CrossProcessLatches;
import dev.heddle.testkit.Gate;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Workers that attack their parent by what both share: each costs its own task, and says what was wrong. See also {@link MessagesTest}. */
@EnabledOnOs(OS.LINUX) // the attacks go through /proc
@Bounded(seconds = 120)
class HostileWorkerTest {
  private static final CrossProcessLatches LATCHES = CrossProcessLatches.open();
  private static final ProcessOptions QUIET = ProcessOptions.defaults().withOutput(OutputListener.dropping());
  private static final WorkerTimeouts IMPATIENT = new WorkerTimeouts(Duration.ofSeconds(1), Duration.ofMillis(200),
      Duration.ofSeconds(10), Duration.ofMillis(300));

  @AfterAll
  static void close() {
    LATCHES.close();
  }

  /** A pool that waits only briefly for what a worker should do at once. */
  private static Executor impatient() {
    return Executor.on(PoolAssembly.assemble(1, QUIET, IMPATIENT).dispatcher(), PoolOptions.named("hostile"));
  }

  private static void assertGoesOn(Executor pool) {
    for (int i = 0; i < 5; i++) {
      assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }
  }

  private static void assertCrash(TaskCallable<?> attack, String... reasons) {
    try (Executor pool = impatient()) {
      Throwable crash = Objects.requireNonNull(pool.submit(attack).exception());
      assertThat(crash).isInstanceOf(WorkerCrashedException.class);
      assertThat(List.of(reasons)).as(String.valueOf(crash))
          .anyMatch(reason -> String.valueOf(crash.getMessage()).contains(reason));
      assertGoesOn(pool);
    }
  }

  // ---- the page of claims ----

  @Test
  void claims_overwritten_costTheirWorker() {
    assertCrash(() -> {
      HostileWorker.tamper(".claims", page -> fill(page, (byte) -1));
      return HostileWorker.hang();
    }, "it claimed task ");
    assertCrash(() -> {
      HostileWorker.tamper(".claims", page -> fill(page, (byte) 0));
      return HostileWorker.hang();
    }, "it did not take its task", "it claimed task 0 after task 1"); // whichever is seen first
  }

  private static void fill(ByteBuffer page, byte with) {
    while (page.hasRemaining()) {
      page.put(with);
    }
  }

  /** Such a worker could keep its task from being ended: the report of an end that is on the way would be waited for. */
  @Test
  void claims_thatSayTheTaskIsOver_areNotBelievedForLong() {
    assertCrash(() -> {
      HostileWorker.tamper(".claims", page -> page.putLong(0, 1 << 2 | 1));
      return HostileWorker.hang();
    }, "it did not report the end of its task");
  }

  @Test
  void claims_truncated_costTheirWorkerAndNotTheParent() {
    try (ProcessExecutor pool = ProcessPool.of(2, QUIET); Gate begun = LATCHES.newGate()) {
      String folder = pool.submit(HostileWorker::folder).result();
      Future<Boolean> attacker = pool.submit(() -> HostileWorker.truncate(folder, "w2.claims", begun));
      Future<Integer> victim = pool.submit(() -> { // for which a second worker starts
        begun.open();
        return HostileWorker.hang();
      });
      assertThat(attacker.result()).isTrue();
      victim.cancel(true); // which looks at the page
      assertGoesOn(pool);
      assertThat(victim.isDone()).isTrue();
    }
  }

  @Test
  void outbox_truncatedOrOverwritten_losesThatWorkersResultsOnly() {
    try (ProcessExecutor pool = ProcessPool.of(2, QUIET); Gate begun = LATCHES.newGate()) {
      String folder = pool.submit(HostileWorker::folder).result();
      Future<Boolean> attacker = pool.submit(() -> HostileWorker.truncate(folder, "w2.outbox", begun));
      Future<Integer> victim = pool.submit(() -> {
        begun.open();
        return HostileWorker.hang();
      });
      assertThat(attacker.result()).isTrue();
      long pid = pool.workers().get(1).pid();
      assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
      assertThat(victim.exception()).isInstanceOf(WorkerCrashedException.class);
      assertGoesOn(pool);

      for (long[] header : new long[][]{{0, Long.MAX_VALUE}, {-1, -1}, {0, 1 << 16}, {Long.MIN_VALUE, 1}}) {
        Future<Integer> liar = pool.submit(() -> {
          HostileWorker.tamper(".outbox", page -> page.putLong(0, header[0]).putLong(8, header[1]));
          Runtime.getRuntime().halt(1);
          return 0;
        });
        assertThat(liar.exception()).as(Arrays.toString(header)).isInstanceOf(WorkerCrashedException.class);
      }
      assertGoesOn(pool);
    }
  }

  // ---- frames ----

  @Test
  void frame_thatStopsInTheMiddle_endsWithTheTasksTime() {
    byte[] half = Arrays.copyOf(HostileWorker.forged(Frame.RESULT, 1, 1000), 500);
    byte[] quarter = Arrays.copyOf(half, 7);
    try (ProcessExecutor pool = ProcessPool.of(1, QUIET.withTimeout(Duration.ofSeconds(1)))) {
      for (byte[] each : new byte[][]{half, quarter}) {
        assertThat(pool.submit(() -> HostileWorker.writeToAllSockets(each)).exception())
            .isInstanceOf(TaskTimeoutException.class);
        assertGoesOn(pool);
      }
    }
  }

  @Test
  void frame_thatAnnouncesTheMost_takesNoMemoryUntilItComes() {
    byte[] huge = ByteBuffer.allocate(Frame.HEADER).putInt(Integer.MAX_VALUE - 8).put(Frame.RESULT).putInt(1).array();
    try (ProcessExecutor pool = ProcessPool.of(1, QUIET.withTimeout(Duration.ofSeconds(1)))) { // this JVM has a heap of 1 GiB
      assertThat(pool.submit(() -> HostileWorker.writeToAllSockets(huge)).exception())
          .isInstanceOf(TaskTimeoutException.class);
      assertGoesOn(pool);
    }
    try (ProcessExecutor pool = ProcessPool.of(1, QUIET.withMaxMessage(100_000))) {
      assertThat(pool.submit(() -> HostileWorker.writeToAllSockets(huge)).exception())
          .isInstanceOf(WorkerCrashedException.class).hasMessageContaining("announces a body of");
      assertGoesOn(pool);
    }
  }

  @Test
  void exit_thatIsAnnouncedOnly_isEnforced() {
    byte[] exiting = HostileWorker.forged(Frame.EXITING, 0, 0);
    assertCrash(() -> HostileWorker.writeToAllSockets(exiting), "its JVM was told to exit, but had not");
  }

  @Test
  void requests_withoutEnd_endTheWorker() {
    byte[] one = HostileWorker.forged(Frame.NEED_CLASS, 1, 10);
    ByteBuffer many = ByteBuffer.allocate(1000 * one.length);
    for (int i = 0; i < 1000; i++) {
      many.put(one);
    }
    byte[] requests = many.array();
    try (ProcessExecutor pool = ProcessPool.of(1, QUIET.withTimeout(Duration.ofSeconds(2)))) {
      Future<Integer> flood = pool.submit(() -> HostileWorker.flood(requests));
      assertThat(flood.exception()).isNotNull();
      assertGoesOn(pool);
    }
  }

  // ---- output ----

  /** Nothing is read beyond what the listener has taken, but for a part of fixed size. */
  @Test
  void output_withoutEnd_waitsForItsListener() {
    AtomicLong heard = new AtomicLong();
    ProcessOptions options = ProcessOptions.defaults().withTimeout(Duration.ofSeconds(3))
        .withOutput(each -> heard.addAndGet(each.text().length()));
    try (ProcessExecutor pool = ProcessPool.of(2, options)) {
      String line = "x".repeat(1000);
      Future<Integer> flood = pool.submit(() -> {
        while (true) {
          System.out.println(line);
          System.err.println(line);
        }
      });
      assertGoesOn(pool); // beside it
      assertThat(flood.exception()).isInstanceOf(TaskTimeoutException.class);
      assertThat(heard.get()).isPositive();
      assertGoesOn(pool);
    }
  }

  // ---- descriptors ----

  @Test
  void descriptors_ofTheParent_areNotInherited(@TempDir Path folder) throws Exception {
    Path secret = Files.createFile(folder.resolve("secret"));
    try (FileChannel open = FileChannel.open(secret, StandardOpenOption.READ); ProcessExecutor pool = ProcessPool.of(1)) {
      assertThat(pool.submit(HostileWorker::openFiles).result()).isNotEmpty().doesNotContain(secret.toString());
      assertThat(HostileWorker.openFiles()).as("here it is open").contains(secret.toString());
      assertThat(open.isOpen()).isTrue();
    }
  }
}
