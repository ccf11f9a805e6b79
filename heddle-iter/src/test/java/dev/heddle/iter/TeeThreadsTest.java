package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Branches of {@code tee} in several threads: one after the other is right, at the same time is refused or right. */
@Timeout(60)
class TeeThreadsTest {
  private static final int SIZE = 50_000;
  private static final long SUM = (SIZE - 1L) * SIZE / 2;

  private static ThreadFactory threads(boolean virtual) {
    return virtual ? Thread.ofVirtual().factory() : Thread.ofPlatform().daemon().factory();
  }

  private static <R extends @Nullable Object> FutureTask<R> start(boolean virtual, Callable<R> call) {
    FutureTask<R> task = new FutureTask<>(call);
    threads(virtual).newThread(task).start();
    return task;
  }

  private static <R extends @Nullable Object> R in(boolean virtual, Callable<R> call) throws Exception {
    return start(virtual, call).get(30, TimeUnit.SECONDS);
  }

  /** The sum, or null when it was refused. */
  private static @Nullable Long sum(Iter<Integer> branch, CountDownLatch go) throws InterruptedException {
    go.await();
    try {
      return branch.sumLong(x -> x);
    } catch (IllegalStateException refused) {
      assertThat(refused).hasMessageContaining("concurrentTee");
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void branches_readAtTheSameTime_areRightOrRefused(boolean virtual) throws Exception {
    for (int round = 0; round < 40; round++) {
      List<Iter<Integer>> branches = Itertools.tee(Itertools.range(SIZE), 3);
      CountDownLatch go = new CountDownLatch(1);
      List<FutureTask<@Nullable Long>> sums = new ArrayList<>();
      for (Iter<Integer> branch : branches) {
        sums.add(start(virtual, () -> sum(branch, go)));
      }
      go.countDown();
      for (FutureTask<@Nullable Long> sum : sums) {
        assertThat(sum.get(30, TimeUnit.SECONDS)).as("round %d", round).isIn(SUM, null);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void branches_readInTurn_areRight(boolean virtual) throws Exception {
    List<Iter<Integer>> branches = Itertools.tee(Itertools.range(10), 2);
    assertThat(branches.get(0).next()).isZero();
    assertThat(in(virtual, () -> branches.get(1).limit(3).toList())).containsExactly(0, 1, 2);
    assertThat(branches.get(0).limit(4).toList()).containsExactly(1, 2, 3, 4);
    assertThat(in(virtual, branches.get(1)::toList)).containsExactly(3, 4, 5, 6, 7, 8, 9);
    assertThat(branches.get(0).toList()).containsExactly(5, 6, 7, 8, 9);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void branch_askedWhileAnotherThreadIsInTheSource_isRefusedAndGoesOnAfterwards(boolean virtual) throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    List<Iter<Integer>> branches = Itertools.tee(Itertools.range(4).peek(n -> {
      if (n == 1) {
        inside.countDown();
        awaitQuietly(leave);
      }
    }), 2);
    FutureTask<List<Integer>> reader = start(virtual, branches.get(0)::toList);
    assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
    Iter<Integer> other = branches.get(1);
    assertThat(other.next()).as("read already").isZero();
    for (int k = 0; k < 3; k++) {
      assertThatThrownBy(other::next).isInstanceOf(IllegalStateException.class).hasMessageContaining("concurrentTee");
      assertThatThrownBy(other::hasNext).isInstanceOf(IllegalStateException.class).hasMessageContaining("concurrentTee");
    }
    leave.countDown();
    assertThat(reader.get(30, TimeUnit.SECONDS)).containsExactly(0, 1, 2, 3);
    assertThat(other.toList()).containsExactly(1, 2, 3);
  }

  @Test
  void deepBranch_whoseSourceAsksAnother_isRefused() {
    List<Iter<Integer>> branches = new ArrayList<>();
    Iter<Integer> source = Itertools.range(5).map(n -> n == 0 ? branches.get(1).next() : n);
    for (int i = 0; i < 300; i++) {
      source = source.map(n -> n);
    }
    branches.addAll(Itertools.tee(source, 2));
    Iter<Integer> deep = branches.get(0);
    for (int i = 0; i < 300; i++) {
      deep = deep.map(n -> n);
    }
    assertThatThrownBy(deep::next).isInstanceOf(IllegalStateException.class).hasMessageContaining("concurrentTee");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

}
