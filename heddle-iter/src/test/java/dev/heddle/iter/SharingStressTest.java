package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** serialize and concurrentTee on platform threads: every element once, or once for each branch, and no thread stuck. */
@Timeout(60)
class SharingStressTest {
  private static final int ELEMENTS = 50_000;

  /** Runs one task in each of several threads that start together. */
  private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
    CyclicBarrier start = new CyclicBarrier(tasks.size());
    try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
      List<Future<T>> results = new ArrayList<>();
      for (Callable<T> task : tasks) {
        results.add(
            threads.submit(
                () -> {
                  start.await(30, TimeUnit.SECONDS);
                  return task.call();
                }));
      }
      List<T> all = new ArrayList<>();
      for (Future<T> result : results) {
        all.add(result.get(60, TimeUnit.SECONDS));
      }
      return all;
    }
  }

  private static List<Callable<List<Integer>>> readers(List<Iter<Integer>> iters) {
    return Iter.from(iters)
        .map(
            iter -> (Callable<List<Integer>>) () -> {
              List<Integer> mine = new ArrayList<>();
              for (int x : iter) {
                mine.add(x);
              }
              return mine;
            })
        .toList();
  }

  @Test
  void serialize_loopsInSeveralThreads_eachElementGoesToOne() throws Exception {
    Probe probe = new Probe(ELEMENTS);
    Iter<Integer> shared = Itertools.serialize(probe);
    List<List<Integer>> parts = together(readers(List.of(shared, shared, shared, shared)));
    assertThat(parts.stream().flatMap(List::stream).sorted()).containsExactlyElementsOf(Itertools.range(ELEMENTS).toList());
    assertThat(parts).allSatisfy(part -> assertThat(part).isSorted());
    assertThat(probe.closed).isEqualTo(1);
  }

  @Test
  void serialize_stagesInSeveralThreads_shareTheElements() throws Exception {
    Iter<Integer> shared = Itertools.serialize(new Probe(ELEMENTS));
    Callable<Long> evens = () -> shared.filter(x -> x % 2 == 0).count();
    assertThat(together(List.of(evens, evens, evens)).stream().mapToLong(x -> x).sum()).isEqualTo(ELEMENTS / 2);
  }

  @Test
  void concurrentTee_eachThreadSeesAllElementsInOrder() throws Exception {
    Probe probe = new Probe(ELEMENTS);
    List<List<Integer>> all = together(readers(Itertools.concurrentTee(probe, 4)));
    assertThat(all).allSatisfy(part -> assertThat(part).isEqualTo(IntStream.range(0, ELEMENTS).boxed().toList()));
    assertThat(probe.pulled).isEqualTo(ELEMENTS);
    assertThat(probe.closed).isEqualTo(1);
  }

  @Test
  void concurrentTee_errorReachesOneThread_andNothingIsLost() {
    Probe probe = new Probe(3);
    probe.failAt = 1;
    List<Iter<Integer>> both = Itertools.concurrentTee(probe, 2);
    assertThat(both.get(0).next()).isZero();
    assertThatThrownBy(both.get(0)::next).hasMessage("element 1");
    both.get(0).close();
    assertThat(probe.closed).isZero();
    assertThat(both.get(1).toList()).containsExactly(0, 1, 2);
    assertThat(probe.closed).isEqualTo(1);
  }

  @Test
  void waitingThread_interrupted_getsAnErrorAndTheElementGoesToTheOther() throws Exception {
    for (boolean tee : new boolean[]{false, true}) {
      CountDownLatch reading = new CountDownLatch(1);
      CountDownLatch mayGoOn = new CountDownLatch(1);
      Iter<Integer> slow = Itertools.range(3)
          .peek(
              x -> {
                reading.countDown();
                awaitUninterrupted(mayGoOn);
              });
      List<Iter<Integer>> sharers;
      if (tee) {
        sharers = Itertools.concurrentTee(slow, 2);
      } else {
        Iter<Integer> shared = Itertools.serialize(slow);
        sharers = List.of(shared, shared);
      }
      FutureTask<Integer> reader = new FutureTask<>(sharers.get(0)::next);
      Thread.ofPlatform().start(reader);
      awaitUninterrupted(reading);
      FutureTask<Boolean> waiter = new FutureTask<>(
          () -> {
            assertThatThrownBy(sharers.get(1)::next)
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("no element was taken");
            return Thread.currentThread().isInterrupted();
          });
      Thread waiting = Thread.ofPlatform().unstarted(waiter);
      waiting.start();
      waiting.interrupt();
      assertThat(waiter.get(30, TimeUnit.SECONDS)).as("interrupt status kept").isTrue();
      mayGoOn.countDown();
      assertThat(reader.get(30, TimeUnit.SECONDS)).isZero();
      assertThat(sharers.get(1).next()).isEqualTo(tee ? 0 : 1);
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void serialize_sourceThatReadsItself_isRefused() {
    List<Iter<Integer>> self = new ArrayList<>();
    self.add(Itertools.serialize(Itertools.range(3).map(x -> self.getFirst().next())));
    assertThatThrownBy(self.getFirst()::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("let it read from its own source");
  }

  @Test
  void serialize_closed_endsForAllThreads() throws Exception {
    Probe probe = Probe.endless();
    Iter<Integer> shared = Itertools.serialize(probe);
    CountDownLatch some = new CountDownLatch(100);
    Callable<Boolean> reader = () -> {
      for (int ignored : shared) {
        some.countDown();
      }
      return true;
    };
    Callable<Boolean> closer = () -> {
      awaitUninterrupted(some);
      shared.close();
      return true;
    };
    assertThat(together(List.of(reader, reader, closer))).containsOnly(true);
    assertThat(probe.closed).isEqualTo(1);
  }

  @Test
  void serialize_hasNextThenNext_inOneThread() {
    Iter<Integer> shared = Itertools.serialize(Itertools.range(2));
    assertThat(shared.hasNext()).isTrue();
    assertThat(shared.hasNext()).isTrue();
    assertThat(shared.next()).isZero();
    assertThat(shared.map(x -> x + 10).toList()).containsExactly(11);
    assertThatThrownBy(shared::next).isInstanceOf(java.util.NoSuchElementException.class);
  }
}
