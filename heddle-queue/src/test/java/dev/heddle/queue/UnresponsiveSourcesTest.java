package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heddle.iter.Iter;
import dev.heddle.queue.PipelineReport.Completion;
import dev.heddle.testkit.Bounded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A source that ignores its interrupt, such as one that reads System.in, must not delay an end. */
@Bounded
final class UnresponsiveSourcesTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch late = new CountDownLatch(1);
  private final List<Object> undelivered = Collections.synchronizedList(new ArrayList<>());
  private final List<Object> sunk = Collections.synchronizedList(new ArrayList<>());
  private final PipelineOptions options = PipelineOptions.defaults().withDrainTimeout(LONG).withAbortTimeout(LONG)
      .onUndelivered((stage, item) -> {
        undelivered.add(item);
        late.countDown();
      });

  @AfterEach
  void releaseTheSource() {
    release.countDown();
  }

  /** Numbers from 0; the one after {@code count} comes only after the release. */
  private Iterator<Integer> deafAfter(int count) {
    return new Iterator<>() {
      private int given;

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Integer next() {
        while (given == count && release.getCount() > 0) {
          asked.countDown();
          try {
            release.await();
          } catch (InterruptedException ignored) {
            // that is what this source does
          }
        }
        return given++;
      }
    };
  }

  @Test
  void stop_nothingUnderWay_endsAsStoppedWithinTheTimeOuts() throws Exception {
    PipelineRun run = Pipeline.fromIterator(deafAfter(5)).stage("s", 2, n -> n).to(sunk::add).with(options).start();
    asked.await();
    run.stop();
    assertThat(run.await().outcome()).isEqualTo(Completion.STOPPED);
    assertThat(sunk).containsExactly(0, 1, 2, 3, 4);
    release.countDown();
    late.await();
    assertThat(undelivered).containsExactly(5); // what it hands out after its end is not lost either
  }

  @Test
  void stop_itemsWaitInABatch_areProcessed() throws Exception {
    PipelineRun run = Pipeline.fromIterator(deafAfter(3)).batch("b", 100).stage("s", 2, n -> n).to(sunk::add).with(options)
        .start();
    asked.await();
    run.stop();
    assertThat(run.await().outcome()).isEqualTo(Completion.STOPPED);
    assertThat(sunk).containsExactly(List.of(0, 1, 2));
    assertThat(undelivered).isEmpty();
  }

  @Test
  void stop_oneOfTwoMergedSourcesIsDeaf_itemsOfBothAreProcessed() throws Exception {
    Pipeline<Integer> unresponsive = Pipeline.<Integer>fromIterator(deafAfter(3)).named("unresponsive");
    Pipeline<Integer> other = Pipeline.from(List.of(10, 11)).named("other");
    PipelineRun run = Pipeline.merge(unresponsive, other).batch("b", 100).to(sunk::addAll).with(options).start();
    asked.await();
    while (run.progress().stages().stream().mapToLong(PipelineProgress.Stage::in).sum() < 10) {
      Thread.sleep(1); // two sources and a batch have had five items each; the test is bounded
    }
    run.stop();
    assertThat(run.await().outcome()).isEqualTo(Completion.STOPPED);
    assertThat(sunk).containsExactlyInAnyOrder(0, 1, 2, 10, 11);
  }

  @Test
  void limit_reached_endsAsStopped() {
    PipelineReport report = Pipeline.fromIterator(deafAfter(3)).stage("s", 1, n -> {
      if (n == 2) {
        asked.await();
      }
      return n;
    }).limit("three", 3).to(sunk::add).with(options).run();
    assertThat(report.outcome()).isEqualTo(Completion.STOPPED);
    assertThat(sunk).containsExactly(0, 1, 2);
  }

  @Test
  void iterate_closedEarly_doesNotWaitForTheSource() throws Exception {
    try (
        Iter<Integer> results = Pipeline.<Integer>fromIterator(deafAfter(1)).stage("s", 1, n -> n).with(options).iterate()) {
      assertThat(results.next()).isEqualTo(0);
      asked.await();
    }
    assertThat(undelivered).isEmpty();
  }

  @Test
  void stage_fails_failureIsToldWithoutTheSource() {
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Pipeline.fromIterator(deafAfter(1)).stage("s", 1, n -> {
          asked.await();
          throw new Exception("bad item");
        }).to(sunk::add).with(options).run())
        .withMessageContaining("failed in stage 's' at 0").withMessageContaining("bad item");
  }

  /** A source that is closing heeds its interrupt; it only takes its time. */
  @Test
  void stop_sourceTakesLongToClose_isWaitedFor() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    Iter<Integer> source = new Iter<>() {
      @Override
      public boolean hasNext() {
        asked.countDown();
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          // it ends, as it should
        }
        return false;
      }

      @Override
      public Integer next() {
        throw new AssertionError("there is no item");
      }

      @Override
      public void close() {
        closing.countDown();
        try {
          Thread.sleep(400); // more than the time after which a unresponsive source is abandoned
        } catch (InterruptedException e) {
          throw new AssertionError("interrupted while closing", e);
        }
        events.add("closed");
      }
    };
    PipelineRun run = Pipeline.from(source).to(n -> {}).with(options).start();
    asked.await();
    run.stop();
    closing.await();
    assertThat(run.await().outcome()).isEqualTo(Completion.STOPPED);
    assertThat(events).containsExactly("closed");
  }
}
