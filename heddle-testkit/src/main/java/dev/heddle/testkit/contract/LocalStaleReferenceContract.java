package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.iter.Iter;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract that an executor in use keeps no task, argument, result, source or future alive to which its users no longer
 * refer.
 */
public interface LocalStaleReferenceContract extends ExecutorContract {

  @Test
  default void body_ofAnEndedTask_isCollectedWhileItsFutureIsKept() throws Exception {
    try (Executor pool = newExecutor(2); Gate never = newGate()) {
      List<Future<?>> futures = new ArrayList<>();
      List<WeakReference<Object>> captured = new ArrayList<>();
      futures.add(submitWithCaptured(pool, captured, null));
      futures.getFirst().exception();
      futures.add(submitWithCaptured(pool, captured, new IOException("bad")));
      futures.getLast().exception();
      submitBlocked(pool, never);
      submitBlocked(pool, never);
      Future<?> cancelled = submitWithCaptured(pool, captured, null);
      cancelled.cancel();
      futures.add(cancelled);
      for (int i = 0; i < captured.size(); i++) {
        collected("what task " + i + " had captured", captured.get(i));
      }
      assertThat(futures).allMatch(Future::isDone);
    }
  }

  private static Future<?> submitWithCaptured(
      Executor pool, List<WeakReference<Object>> captured, @Nullable IOException failure) {
    Object large = new Object();
    captured.add(new WeakReference<>(large));
    return pool.submit(
        () -> {
          if (failure != null) {
            throw failure;
          }
          return large.hashCode();
        });
  }

  @Test
  default void result_ofTheLastTask_isCollectedWithItsFuture() {
    try (Executor pool = newExecutor(1)) {
      collected("the result", resultOfOne(pool));
      assertThat(pool.isShutdown()).isFalse();
    }
  }

  private static WeakReference<Object> resultOfOne(Executor pool) {
    return new WeakReference<>(pool.submit(Object::new).result());
  }

  @Test
  default void failure_ofTheLastTask_isCollectedWithItsFuture() {
    try (Executor pool = newExecutor(1)) {
      collected("the exception", failureOfOne(pool));
      assertThat(pool.isShutdown()).isFalse();
    }
  }

  private static WeakReference<@Nullable Throwable> failureOfOne(Executor pool) {
    return new WeakReference<>(pool.submit(() -> { throw new IOException("bad"); }).exception());
  }

  @Test
  default void callback_ofAnEndedTask_isCollected() {
    try (Executor pool = newExecutor(1)) {
      Future<Integer> future = pool.submit(() -> 1);
      WeakReference<Object> captured = addCallback(future);
      assertThat(future.result()).isEqualTo(1);
      collected("what the callback had captured", captured);
      assertThat(future.result()).isEqualTo(1);
    }
  }

  private static WeakReference<Object> addCallback(Future<?> future) {
    Object large = new Object();
    future.addDoneCallback(done -> assertThat(large).isNotEqualTo(done));
    return new WeakReference<>(large);
  }

  @Test
  default void map_inputsAndResults_areCollectedOnceTaken() {
    for (boolean ordered : new boolean[]{true, false}) {
      try (Executor pool = newExecutor(2)) {
        List<WeakReference<Object>> inputs = new ArrayList<>();
        List<WeakReference<Object>> results = new ArrayList<>();
        Iter<Object> source = endlessObjects(inputs);
        Iter<Object> map = ordered
            ? pool.map(each -> new Object(), source)
            : pool.mapUnordered(each -> new Object(), source);
        for (int i = 0; i < 10; i++) {
          takeOne(map, results);
        }
        for (int i = 0; i < 10; i++) {
          collected("result " + i, results.get(i));
        }
        if (ordered) {
          for (int i = 0; i < 10; i++) {
            collected("input " + i, inputs.get(i));
          }
        }
        map.close();
      }
    }
  }

  private static void takeOne(Iter<Object> map, List<WeakReference<Object>> results) {
    results.add(new WeakReference<>(map.next()));
  }

  private static Iter<Object> endlessObjects(List<WeakReference<Object>> made) {
    return new Iter<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Object next() {
        Object input = new Object();
        made.add(new WeakReference<>(input));
        return input;
      }
    };
  }

  @Test
  default void map_closedOrReadToItsEnd_keepsNoSource() {
    List<Consumer<Iter<?>>> ends = List.of(
        Iter::close, // before its end
        Iter::toList,
        results -> {
          while (results.hasNext()) {
            results.next();
          }
        });
    try (Executor pool = newExecutor(2)) {
      List<Function<LargeList, Iter<?>>> maps = List.of(
          source -> pool.map(n -> n, source),
          source -> pool.map(Integer::sum, source, List.of(1, 2, 3)),
          source -> pool.map(Integer::sum, List.of(1, 2, 3), source),
          source -> pool.mapUnordered(n -> n, source));
      for (int m = 0; m < maps.size(); m++) {
        for (int e = 0; e < ends.size(); e++) {
          EndedMap ended = EndedMap.of(maps.get(m), ends.get(e));
          try {
            collected("the source of map " + m + " after end " + e, ended.source());
          } finally {
            Reference.reachabilityFence(ended);
          }
        }
      }
    }
  }

  @Test
  default void asCompleted_futures_areCollectedOnceTaken() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      Iter<Future<?>> completed = Futures.asCompleted(someAndOneBlocked(pool, release));
      List<WeakReference<Object>> taken = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        taken.add(new WeakReference<>(completed.next().result()));
      }
      for (int i = 0; i < 5; i++) {
        collected("result " + i, taken.get(i));
      }
      release.open();
      assertThat(completed.next().result()).isEqualTo("released");
    }
  }

  @Test
  default void asCompleted_leftByBreak_keepsNoResultWhileAFutureIsPending() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      List<WeakReference<Object>> results = new ArrayList<>();
      Future<String> pending = submitBlocked(pool, release);
      readOneOfThree(pool, pending, results);
      for (int i = 0; i < results.size(); i++) {
        collected("result " + i, results.get(i));
      }
      release.open();
      assertThat(pending.result()).isEqualTo("released");
    }
  }

  private static void readOneOfThree(Executor pool, Future<?> pending, List<WeakReference<Object>> results) {
    Future<Object> first = pool.submit(Object::new);
    Future<Object> second = pool.submit(Object::new);
    Futures.wait(List.of(first, second));
    results.add(new WeakReference<>(first.result()));
    results.add(new WeakReference<>(second.result()));
    for (Future<?> each : Futures.asCompleted(List.of(first, second, pending))) {
      assertThat(each.isDone()).isTrue();
      break;
    }
  }

  private List<Future<?>> someAndOneBlocked(Executor pool, Gate release) throws InterruptedException {
    List<Future<?>> futures = new ArrayList<>();
    futures.add(submitBlocked(pool, release));
    for (int i = 0; i < 5; i++) {
      futures.add(pool.submit(Object::new));
    }
    return futures;
  }

  @Test
  default void abandonedWaits_leaveNothingOnTheFuture() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> slow = submitBlocked(pool, release);
      List<Consumer<List<Future<?>>>> ways = List.of(
          futures -> assertThatThrownBy(() -> futures.getFirst().result(Duration.ofNanos(1))),
          futures -> Futures.wait(futures, Duration.ofNanos(1)),
          futures -> Futures.asCompleted(futures).close());
      for (int i = 0; i < ways.size(); i++) {
        List<WeakReference<Object>> used = giveUp(slow, ways.get(i));
        collected("the thread that waited, way " + i, used.getFirst());
        collected("the other future, way " + i, used.getLast());
      }
      release.open();
      assertThat(slow.result()).isEqualTo("released");
    }
  }

  /** Waits for a future and another one, on a new thread. */
  private static List<WeakReference<Object>> giveUp(Future<?> slow, Consumer<List<Future<?>>> way)
      throws InterruptedException {
    Future<String> other = Future.from(new CompletableFuture<>());
    Thread waiter = Thread.ofPlatform().start(() -> way.accept(List.of(slow, other)));
    waiter.join();
    return List.of(new WeakReference<>(waiter), new WeakReference<>(other));
  }

  private static void collected(String what, WeakReference<?> reference) {
    Eventually.holds(
        what + " is collected",
        () -> {
          System.gc();
          return reference.refersTo(null);
        });
  }

  /** A source whose collection can be observed. */
  final class LargeList extends ArrayList<Integer> {
    LargeList() {
      super(List.of(1, 2, 3));
    }
  }

  /** A map that was closed or read to its end and is still referred to. */
  record EndedMap(Iter<?> results, WeakReference<?> source) {
    static EndedMap of(Function<LargeList, Iter<?>> map, Consumer<Iter<?>> end) {
      LargeList source = new LargeList();
      Iter<?> results = map.apply(source);
      end.accept(results);
      return new EndedMap(results, new WeakReference<>(source));
    }
  }
}
