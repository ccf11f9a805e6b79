package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.testkit.Bounded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The only worker of a stage takes several quick items at once; none of them is lost, and none is ahead of its turn. */
@Bounded
final class TakenAheadTest {
  private static final int QUICK = 5_000;

  private static Iterator<Integer> numbers(AtomicInteger handedOut) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Integer next() {
        return handedOut.getAndIncrement();
      }
    };
  }

  @Test
  void cancelled_whileAnItemBlocks_thoseTakenWithItAreUndelivered() throws Exception {
    for (int round = 0; round < 20; round++) {
      List<Object> undelivered = new CopyOnWriteArrayList<>();
      AtomicInteger handedOut = new AtomicInteger();
      AtomicInteger processed = new AtomicInteger();
      CountDownLatch blocked = new CountDownLatch(1);
      int last = QUICK + round;
      try (PipelineRun run = Pipeline.fromIterator(numbers(handedOut))
          .to(n -> {
            if (n == last) {
              blocked.countDown();
              new CountDownLatch(1).await(); // until it is interrupted
            }
            processed.incrementAndGet();
          })
          .with(PipelineOptions.defaults().onUndelivered((stage, item) -> undelivered.add(item)))
          .start()) {
        blocked.await();
        run.cancel();
      }
      assertThat(processed).hasValue(last);
      assertThat(new TreeSet<>(undelivered)).hasSize(undelivered.size())
          .containsExactlyElementsOf(IntStream.range(last, handedOut.get()).boxed().toList());
    }
  }

  @Test
  void cancelled_functionIgnoresItsInterrupt_thoseTakenWithItsItemAreUndelivered() throws Exception {
    List<Object> undelivered = new CopyOnWriteArrayList<>();
    AtomicInteger handedOut = new AtomicInteger();
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try {
      PipelineRun run = Pipeline.fromIterator(numbers(handedOut))
          .to(n -> {
            if (n == QUICK) {
              blocked.countDown();
              awaitDeaf(release);
            }
          })
          .with(PipelineOptions.defaults().withAbortTimeout(Duration.ofMillis(50))
              .onUndelivered((stage, item) -> undelivered.add(item)))
          .start();
      blocked.await();
      run.cancel();
      assertThatThrownBy(run::await).isInstanceOfSatisfying(PipelineException.class,
          e -> assertThat(e.report().undelivered()).isEqualTo(handedOut.get() - QUICK - 1));
      assertThat(new TreeSet<>(undelivered)).hasSize(undelivered.size())
          .containsExactlyElementsOf(IntStream.range(QUICK + 1, handedOut.get()).boxed().toList());
    } finally {
      release.countDown();
    }
  }

  private static void awaitDeaf(CountDownLatch release) {
    while (true) {
      try {
        release.await();
        return;
      } catch (InterruptedException e) {
        // as careless code does
      }
    }
  }

  @Test
  void enough_afterQuickItems_theRestIsUndelivered() {
    List<Object> undelivered = new CopyOnWriteArrayList<>();
    List<Integer> source = IntStream.range(0, QUICK).boxed().toList();
    PipelineReport report = Pipeline.from(source)
        .toWhile(n -> n < QUICK - 20)
        .with(PipelineOptions.defaults().onUndelivered((stage, item) -> undelivered.add(item)))
        .run();
    long handedOut = report.stage("source").orElseThrow().in();
    assertThat(report.stages().getLast().in()).isEqualTo(QUICK - 19);
    assertThat(undelivered).hasSize((int) handedOut - (QUICK - 19)).doesNotHaveDuplicates();
  }

  @Test
  void quickItems_throughStagesOfOneWorker_comeInOrder() {
    List<Integer> results = Collections.synchronizedList(new ArrayList<>());
    Pipeline.from(IntStream.range(0, QUICK).boxed().toList()).stage("one", 1, n -> n).stage("four", 4, n -> n)
        .to(results::add)
        .run();
    assertThat(results).isEqualTo(IntStream.range(0, QUICK).boxed().toList());
  }
}
