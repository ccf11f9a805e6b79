package dev.heddle.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The outcomes of the rows about futures. */
@Timeout(60)
final class FutureRecipesTest {
  private static final long PATIENCE_SECONDS = 30;

  @Test
  void d19_submit_givesResult() throws Exception {
    assertThat(Output.of(new D19Submit()).text()).isEqualTo("256%n".formatted());
  }

  @Test
  void a20_map_givesResultsInOrderOfInputs() throws Exception {
    assertThat(Output.of(new A20SumsByMap(() -> OptionalDouble.of(1.5))).text())
        .startsWith("Result -> [5000050000, 500000500000, 50000005000000, 50000005000000]")
        .containsPattern("CPython +1500\\.00 ms");
  }

  @Test
  void a20_withoutPython_saysSo() throws Exception {
    assertThat(Output.of(new A20SumsByMap(OptionalDouble::empty)).text()).contains("no python3 on the PATH");
  }

  @Test
  void a22_waitWithTimeout_tellsDoneFromNotDone() {
    Output out = new Output();
    try (Executor executor = ThreadPool.of(4)) {
      List<Future<Long>> futures = A22WaitWithTimeout.schedule(executor, out);
      futures.subList(1, 4).forEach(Future::result);

      A22WaitWithTimeout.waitFor(futures, Duration.ZERO, out);

      assertThat(futures.getFirst().isCancelled()).isTrue();
    }
    assertThat(line(out, "Completed tasks")).containsPattern("(finished returned Long.*){3}");
    assertThat(line(out, "Pending ones")).containsPattern(": \\[<Future [^>]* state=(running|pending)>]$");
    assertThat(line(out, "Result")).isEqualTo("Result : [5000050000, 50005000, 500000500000]");
  }

  @Test
  void a23_asCompleted_givesQuickOnesFirst() throws Exception {
    List<Long> byLength = A23AsCompleted.WORK_LIST.stream().sorted().toList();
    Turns turns = new Turns();
    turns.begin(byLength.getFirst());
    // A sum is let go when the result of the next shorter one has been printed: the order does not hang on speed.
    Output out = new Output(
        line -> {
          if (line.startsWith("Future Result")) {
            byLength.stream().filter(turns::isWaiting).findFirst().ifPresent(turns::begin);
          }
        });

    new A23AsCompleted(turns::await).run(out);

    assertThat(out.lines())
        .filteredOn(line -> line.startsWith("Future"))
        .containsExactly(
            "Future Result : 10000, Done : true", "Future Cancelled : false",
            "Future Result : 100000, Done : true", "Future Cancelled : false",
            "Future Result : 10000000, Done : true", "Future Cancelled : false",
            "Future Result : 1000000000, Done : true", "Future Cancelled : false");
  }

  @Test
  void d24_tasksWaitingForEachOther_failAtOnceNamingTheCycle() throws Exception {
    Output out = Output.of(new D24WaitingForEachOther());

    assertThat(line(out, "Done"))
        .contains("<Future wait_on_b state=finished raised DeadlockException>")
        .contains("<Future wait_on_a state=finished raised DeadlockException>");
    assertThat(line(out, "Not done")).isEqualTo("Not done : []");
    assertThat(out.lines().getLast()).contains("DeadlockException: deadlock: ").contains("task 'wait_on_a'")
        .contains("task 'wait_on_b'");
  }

  @Test
  void d25_taskWaitingOnItsOwnPool_getsItsResult() throws Exception {
    assertThat(Output.of(new D25WaitingOnOwnPool()).lines().getFirst()).isEqualTo("25");
  }

  @Test
  void d26_oneWorker_runsOneAndLeavesTheOthersPending() throws Exception {
    Turns turns = new Turns();
    Output out = new Output(
        line -> {
          if (line.startsWith("Scheduled for 100000000 ")) {
            turns.begin(100_000L);
          } else if (line.startsWith("After the first")) {
            D26StatesOfFutures.WORK_LIST.forEach(turns::begin);
          }
        });

    new D26StatesOfFutures(turns::await).run(out);

    assertThat(line(out, "Scheduled for 100000 ")).containsPattern("state=(pending|running)>");
    assertThat(out.lines().subList(1, 4)).allSatisfy(scheduled -> assertThat(scheduled).contains("state=pending>"));
    assertThat(line(out, "After the first"))
        .containsPattern("finished returned Long>.*state=(pending|running)>.*state=pending>.*state=pending>");
    assertThat(line(out, "After all")).containsPattern("(finished returned Long>.*){4}");
    assertThat(out.lines().getLast()).isEqualTo("[100000, 1000000, 10000000, 100000000]");
  }

  @Test
  void e27_mapWithThreeWorkers_runsThreeAtOnceAndKeepsTheOrder() throws Exception {
    CyclicBarrier three = new CyclicBarrier(3);
    Output out = new Output();

    new E27Loiter(
        n -> {
          if (n < 3) {
            await(three);
          }
        })
        .run(out);

    List<String> lines = out.lines().stream().map(line -> line.replaceFirst("^\\[\\d\\d:\\d\\d:\\d\\d\\.\\d{3}] ", ""))
        .toList();
    assertThat(lines)
        .containsSubsequence("Script starting.", "map has returned. Waiting for individual results:")
        .containsSubsequence("result 0: 0", "result 1: 10", "result 2: 20", "result 3: 30", "result 4: 40")
        .contains("\t\t\t\tloiter(4): done.");
    int firstDone = lines.indexOf(lines.stream().filter(line -> line.endsWith("done.")).findFirst().orElseThrow());
    assertThat(lines.subList(0, firstDone)).filteredOn(line -> line.contains("doing nothing")).hasSize(3);
  }

  @Test
  void e28_future_isCompletedByItsExecutorAlone() throws Exception {
    assertThat(Output.of(new E28LifeOfAFuture()).text())
        .contains("the copy says forged, the future is done: false")
        .contains("called back with <Future flag state=finished returned String>: BR")
        .contains("the future says BR")
        .contains("<Future broken state=finished raised IllegalStateException> threw"
            + " java.lang.IllegalStateException: no such country: XX");
  }

  /** Works that begin when they are told to. */
  private static final class Turns {
    private final Map<Long, CountDownLatch> turns = new ConcurrentHashMap<>();

    private CountDownLatch of(long n) {
      return turns.computeIfAbsent(n, key -> new CountDownLatch(1));
    }

    void begin(long n) {
      of(n).countDown();
    }

    boolean isWaiting(long n) {
      return of(n).getCount() > 0;
    }

    long await(long n) throws InterruptedException {
      assertThat(of(n).await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      return n;
    }
  }

  private static void await(CyclicBarrier barrier) throws InterruptedException {
    try {
      barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (BrokenBarrierException | TimeoutException alone) {
      throw new AssertionError("not all of them ran at once", alone);
    }
  }

  private static String line(Output out, String start) {
    return out.lines().stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }
}
