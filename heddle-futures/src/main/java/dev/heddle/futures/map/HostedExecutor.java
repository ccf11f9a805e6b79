package dev.heddle.futures.map;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.MapOutcome;
import dev.heddle.futures.TaskBiFunction;
import dev.heddle.futures.TaskFunction;
import dev.heddle.futures.group.BulkInvocation;
import dev.heddle.iter.Iter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An executor whose maps run on a {@link MapHost}, and whose bulk methods of {@code java.util.concurrent} are made of single tasks.
 */
public interface HostedExecutor extends Executor {

  /** Returns the host of its maps. */
  MapHost maps();

  /** Starts a task of {@code invokeAll} or {@code invokeAny}, which report its failure themselves. */
  default <T extends @Nullable Object> Future<T> submitOfMany(Callable<T> task) {
    return submit(task);
  }

  // ---- maps ----

  @Override
  default <T extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      MapOptions how, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return maps().map(how, fn, inputs);
  }

  @Override
  default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      MapOptions how,
      TaskBiFunction<? super A, ? super B, ? extends R> fn,
      Iterable<? extends A> first,
      Iterable<? extends B> second) {
    return map(how, PairIter.<A, B, R>function(fn), new PairIter<A, B>(first, second));
  }

  @Override
  default <T extends @Nullable Object, R extends @Nullable Object> Iter<R> mapUnordered(
      MapOptions how, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return maps().mapUnordered(how, fn, inputs);
  }

  @Override
  default <T extends @Nullable Object, R extends @Nullable Object> Iter<MapOutcome<T, R>> mapOutcomes(
      MapOptions how, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return maps().mapOutcomes(how, fn, inputs);
  }

  @Override
  default <T extends @Nullable Object, R extends @Nullable Object> Iter<MapOutcome<T, R>> mapOutcomesUnordered(
      MapOptions how, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return maps().mapOutcomesUnordered(how, fn, inputs);
  }

  // ---- java.util.concurrent's bulk methods ----

  @Override
  default <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks) throws InterruptedException {
    return BulkInvocation.all(this::submitOfMany, tasks, Long.MAX_VALUE);
  }

  @Override
  default <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
    return BulkInvocation.all(this::submitOfMany, tasks, Math.max(0, unit.toNanos(timeout)));
  }

  @Override
  default <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    return BulkInvocation.any(this::submitOfMany, tasks, null);
  }

  @Override
  default <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return BulkInvocation.anyInTime(this::submitOfMany, tasks, Math.max(0, unit.toNanos(timeout)));
  }
}
