package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.heddle.futures.Executor;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.ThreadPool;
import dev.heddle.iter.Iter;
import dev.heddle.iter.Itertools;
import dev.heddle.queue.plan.PlanNode;
import dev.heddle.queue.run.ItemCall;
import dev.heddle.testkit.Bounded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The results of pipelines, and their order. */
@Bounded
final class PipelineTest {
  private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();
  private static final List<Integer> SENT = Collections.synchronizedList(new ArrayList<>());

  private static Iter<Integer> endless() {
    return Iter.fromStream(Stream.iterate(0, n -> n + 1));
  }

  // ---- what is sent to executors ----

  @Test
  @SuppressWarnings("BanSerializableRead") // what is read was written two lines above
  void sink_onAnExecutor_canBeSentToAnotherProcess() throws Exception {
    Pipeline.Sink<Integer> sink = n -> SENT.add(n);
    Pipeline<?> plan = Pipeline.from(HUNDRED).to("sink", StageOptions.workers(1), sink).plan();
    PlanNode.Stage stage = (PlanNode.Stage) plan.tails().getFirst();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new ItemCall(((PlanNode.Call) stage.work()).fn(), 7));
    }
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      ((ItemCall) in.readObject()).call();
    }
    assertThat(SENT).containsExactly(7);
  }

  // ---- stages ----

  @Test
  void run_severalStages_everyItemReachesTheSink() {
    List<String> sunk = new ArrayList<>();
    PipelineReport report = Pipeline.from(HUNDRED).stage("double", 4, n -> 2 * n).stage("text", 2, n -> "#" + n)
        .to(sunk::add).run();
    assertThat(sunk).isEqualTo(HUNDRED.stream().map(n -> "#" + 2 * n).toList());
    assertThat(report.outcome()).isEqualTo(PipelineReport.Completion.COMPLETED);
    assertThat(report.stages()).extracting(StageReport::name).containsExactly("source", "double", "text", "sink");
    assertThat(report.stages()).extracting(StageReport::in).containsOnly(100L);
    assertThat(report.undelivered()).isZero();
    assertThat(report.failed()).isZero();
  }

  @Test
  void stage_ordered_keepsTheOrderWhateverIsReadyFirst() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    List<Integer> results = Pipeline.from(List.of(1, 2))
        .stage(
            "wait",
            2,
            n -> {
              if (n == 1) {
                second.await();
              } else {
                second.countDown();
              }
              return n;
            })
        .iterate()
        .toList();
    assertThat(results).containsExactly(1, 2);
  }

  @Test
  void stage_unordered_handsOnWhatIsReady() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    StageOptions unordered = StageOptions.workers(2).unordered();
    try (Iter<Integer> results = Pipeline.from(List.of(1, 2))
        .stage(
            "wait",
            unordered,
            n -> {
              if (n == 1) {
                taken.await();
              }
              return n;
            })
        .iterate()) {
      assertThat(results.next()).isEqualTo(2);
      taken.countDown();
      assertThat(results.next()).isEqualTo(1);
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  void stage_orderedWithSlowFirstItem_runsAheadNoFurtherThanItsWindow() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Set<Integer> begun = ConcurrentHashMap.newKeySet();
    AtomicInteger finished = new AtomicInteger();
    StageOptions options = StageOptions.workers(2).withWindow(4);
    try (PipelineRun run = Pipeline.from(HUNDRED)
        .stage(
            "slow first",
            options,
            n -> {
              begun.add(n);
              if (n == 0) {
                release.await();
              }
              finished.incrementAndGet();
              return n;
            })
        .to(n -> {})
        .start()) {
      Threads.eventually("four items have overtaken the first", () -> finished.get() == 4);
      assertThat(begun).containsExactlyInAnyOrder(0, 1, 2, 3, 4); // item 4 waits for space in the window
      release.countDown();
      assertThat(run.await().stage("slow first").orElseThrow().out()).isEqualTo(100);
    }
    assertThat(begun).hasSize(100);
  }

  @Test
  void stage_severalWorkers_workAtOnce() {
    CyclicBarrier four = new CyclicBarrier(4);
    PipelineReport report = Pipeline.from(HUNDRED.subList(0, 40))
        .stage(
            "together",
            4,
            n -> {
              four.await();
              return n;
            })
        .to(n -> {})
        .run();
    assertThat(report.stage("together").orElseThrow().workers()).isEqualTo(4);
  }

  @Test
  void filterAndFlatMap_keepTheOrder() {
    List<Integer> results = Pipeline.from(HUNDRED)
        .filter("even", 3, n -> n % 2 == 0)
        .flatMap("twice", 3, n -> List.of(n, n))
        .flatMap("none of the small", 2, n -> n < 50 ? List.<Integer>of() : List.of(n))
        .iterate()
        .toList();
    assertThat(results).isEqualTo(IntStream.range(25, 50).boxed().flatMap(n -> Stream.of(2 * n, 2 * n)).toList());
  }

  @Test
  void flatMap_endlessElements_areHandedOnLazily() {
    try (Iter<Integer> results = Pipeline.from(List.of(7)).flatMap("endless", 1, n -> Itertools.repeat(n)).iterate()) {
      assertThat(results.limit(1_000).count()).isEqualTo(1_000);
    }
  }

  @Test
  void batch_sizeGiven_makesListsAndAShorterLast() {
    List<List<Integer>> batches = Pipeline.from(HUNDRED).batch("batch", 30).iterate().toList();
    assertThat(batches).extracting(List::size).containsExactly(30, 30, 30, 10);
    assertThat(Pipeline.from(batches).flatMap("unbatch", 1, list -> list).iterate().toList()).isEqualTo(HUNDRED);
  }

  @Test
  void batch_maxWait_handsOnWhatThereIs() throws Exception {
    ClosableQueue<Integer> source = ClosableQueue.fifo();
    source.put(1);
    source.put(2);
    try (Iter<List<Integer>> batches = Pipeline.from(source).batch("batch", 3, Duration.ofMillis(20)).iterate()) {
      List<Integer> first = batches.next(); // the source is still open; only the time can have ended it
      assertThat(first).isNotEmpty();
      source.close();
      List<Integer> all = new ArrayList<>(first);
      batches.forEach(all::addAll);
      assertThat(all).containsExactly(1, 2);
    }
  }

  @Test
  void limit_endlessSource_stopsIt() {
    PipelineReport report = Pipeline.from(endless()).stage("same", 2, n -> n).limit("ten", 10).to(n -> {}).run();
    assertThat(report.outcome()).isEqualTo(PipelineReport.Completion.STOPPED);
    assertThat(report.stage("sink").orElseThrow().in()).isEqualTo(10);
  }

  // ---- branches ----

  @Test
  void fanOut_twoBranches_eachGetsEveryItem() {
    List<String> results = Pipeline.from(HUNDRED)
        .<String>fanOut(
            all -> all.stage("a", 2, n -> "a" + n),
            all -> all.filter("odd", 1, n -> n % 2 == 1).stage("b", 1, n -> "b" + n))
        .iterate()
        .toList();
    assertThat(results.stream().filter(each -> each.startsWith("a")).toList())
        .isEqualTo(HUNDRED.stream().map(n -> "a" + n).toList());
    assertThat(results.stream().filter(each -> each.startsWith("b")).toList())
        .isEqualTo(HUNDRED.stream().filter(n -> n % 2 == 1).map(n -> "b" + n).toList());
  }

  @Test
  void fanOut_branchThatWantsNoMore_leavesTheOtherAlone() {
    List<Integer> results = Pipeline.from(HUNDRED)
        .<Integer>fanOut(
            all -> all.limit("three", 3).stage("negative", 1, n -> -1 - n), all -> all.stage("same", 1, n -> n))
        .iterate()
        .toList();
    assertThat(results).containsAll(HUNDRED).contains(-1, -2, -3).hasSize(103);
  }

  @Test
  void merge_severalSources_handsOnTheItemsOfAll() {
    Pipeline<Integer> low = Pipeline.from(HUNDRED).stage("low", 1, n -> n);
    Pipeline<Integer> high = Pipeline.from(HUNDRED).stage("high", 1, n -> n + 100);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pipeline.merge(low, high).iterate().toList())
        .withMessageContaining("'source'");
    Pipeline<Integer> named = Pipeline.from(HUNDRED).named("low source").stage("low", 1, n -> n);
    assertThat(Pipeline.merge(named, high).iterate().toList())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 200).boxed().toList());
  }

  // ---- executors ----

  @Test
  void stage_onOneWorkerPool_twoStagesAndARunWithinIt_finish() {
    try (Executor pool = ThreadPool.of(1, PoolOptions.named("one"))) {
      StageOptions onPool = StageOptions.workers(3).withExecutor(pool);
      Set<String> threads = ConcurrentHashMap.newKeySet();
      List<Integer> results = pool.submit(
          () -> {
            List<Integer> all = Collections.synchronizedList(new ArrayList<>());
            Pipeline.from(HUNDRED)
                .stage(
                    "a",
                    onPool,
                    n -> {
                      threads.add(Thread.currentThread().getName());
                      return n + 1;
                    })
                .stage("b", onPool, n -> n - 1)
                .to(all::add)
                .run();
            return all;
          })
          .result();
      assertThat(results).isEqualTo(HUNDRED);
      assertThat(threads).isNotEmpty().allSatisfy(name -> assertThat(name).startsWith("one-"));
    }
  }

  @Test
  void stage_withTimeout_failsWhatTakesLonger() {
    try (Executor pool = ThreadPool.virtual()) {
      StageOptions options = StageOptions.workers(2).withExecutor(pool).withTimeout(Duration.ofMillis(20))
          .withFailures(FailurePolicy.skip());
      CountDownLatch never = new CountDownLatch(1);
      List<Integer> results = Pipeline.from(List.of(1, 2, 3))
          .stage(
              "hang on 2",
              options,
              n -> {
                if (n == 2) {
                  never.await();
                }
                return n;
              })
          .iterate()
          .toList();
      assertThat(results).contains(1, 3).doesNotContain(2);
    }
  }

  @Test
  void stage_withRetry_triesAgain() {
    for (boolean onPool : List.of(false, true)) {
      try (Executor pool = ThreadPool.of(2)) {
        StageOptions options = StageOptions.workers(2).withRetry(Retry.times(3).withDelay(Duration.ZERO));
        AtomicInteger attempts = new AtomicInteger();
        List<Integer> results = Pipeline.from(List.of(1, 2, 3))
            .stage(
                "third time lucky",
                onPool ? options.withExecutor(pool) : options,
                n -> {
                  if (n == 2 && attempts.incrementAndGet() < 3) {
                    throw new IllegalStateException("not yet");
                  }
                  return n;
                })
            .iterate()
            .toList();
        assertThat(results).containsExactly(1, 2, 3);
        assertThat(attempts).hasValue(3);
      }
    }
  }

  // ---- sources and results ----

  @Test
  void sources_ofEveryKind_giveTheirElements() throws Exception {
    ClosableQueue<Integer> queue = ClosableQueue.fifo();
    HUNDRED.forEach(queue::offer);
    queue.close();
    assertThat(Pipeline.from(queue).iterate().toList()).isEqualTo(HUNDRED);
    queue.join();
    assertThat(Pipeline.fromIterator(HUNDRED.iterator()).iterate().toList()).isEqualTo(HUNDRED);
    boolean[] closed = new boolean[1];
    assertThat(Pipeline.fromStream(HUNDRED.stream().onClose(() -> closed[0] = true)).stream().toList()).isEqualTo(HUNDRED);
    assertThat(closed[0]).isTrue();
    assertThat(Pipeline.fromPublisher(Pipeline.from(HUNDRED).publisher()).iterate().toList()).isEqualTo(HUNDRED);
  }

  @Test
  void iterate_endlessSource_runsAheadOnlyByTheBuffers() {
    AtomicInteger pulled = new AtomicInteger();
    try (Iter<Integer> results = Pipeline.fromStream(Stream.generate(pulled::incrementAndGet)).stage("same", 1, n -> n)
        .iterate()) {
      assertThat(results.next()).isEqualTo(1);
      int buffers = 2 * 32;
      int together = 32 / 4; // the stage's only worker takes so many at once, whose places are free when it takes the next
      // Two full queues, one item in each thread, and the one taken.
      Threads.eventually("the source waits for space", () -> pulled.get() >= buffers + 1 - (together - 1));
      assertThat(pulled.get()).isLessThanOrEqualTo(buffers + 3);
    }
  }

  @Test
  void iterate_again_runsAgain() {
    Pipeline<Integer> plan = Pipeline.from(HUNDRED).stage("same", 2, n -> n);
    assertThat(plan.iterate().toList()).isEqualTo(plan.iterate().toList()).isEqualTo(HUNDRED);
  }

  @Test
  void iterate_neverAsked_startsNothing() {
    Iter<Integer> results = Pipeline.<Integer>fromIterator(
        new java.util.Iterator<>() {
          @Override
          public boolean hasNext() {
            throw new AssertionError("asked");
          }

          @Override
          public Integer next() {
            throw new AssertionError("asked");
          }
        })
        .iterate();
    results.close();
    assertThatIllegalStateException().isThrownBy(results::hasNext).withMessageContaining("closed before its end");
  }

  @Test
  void iterate_readInParts_losesNothing() {
    Iter<Integer> results = Pipeline.from(List.of(1, 2, 3, 4, 5)).iterate();
    assertThat(results.limit(2).toList()).containsExactly(1, 2);
    assertThat(results.anyMatch(n -> n == 3)).isTrue();
    assertThat(results.toList()).containsExactly(4, 5);
    results.close();
    assertThat(results.hasNext()).as("closed after its end").isFalse();
    Iter<Integer> left = Pipeline.from(List.of(1, 2, 3)).iterate();
    assertThat(left.next()).isEqualTo(1);
    left.close();
    assertThatIllegalStateException().isThrownBy(left::next).withMessageContaining("closed before its end");
    assertThatIllegalStateException().isThrownBy(left::toList).withMessageContaining("closed before its end");
  }
}
