package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.futures.map.MapHost;
import dev.heddle.iter.Iter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An executor that passes every call on to another one. Subclasses override what they want to be different, or add methods
 * of their own.
 *
 * <p>Thread-safety, blocking and interruption are those of the other executor. {@code submit}, {@code map} and the
 * {@code invoke…} methods do not call each other here: an override of one does not change the others.
 */
public abstract class ForwardingExecutor implements Executor {
  static {
    MapHost.Delegates.readWith(each -> each.delegate);
  }

  private final Executor delegate;

  /**
   * An executor in front of another one.
   *
   * @param delegate gets every call
   */
  protected ForwardingExecutor(Executor delegate) {
    this.delegate = Check.notNull(delegate, "delegate");
  }

  /** The executor that gets the calls. */
  protected final Executor delegate() {
    return delegate;
  }

  @Override
  public String name() {
    return delegate.name();
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(TaskCallable<T> task) {
    return delegate.submit(task);
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(TaskOptions options, TaskCallable<T> task) {
    return delegate.submit(options, task);
  }

  @Override
  public Future<@Nullable Void> submit(TaskRunnable task) {
    return delegate.submit(task);
  }

  @Override
  public Future<@Nullable Void> submit(TaskOptions options, TaskRunnable task) {
    return delegate.submit(options, task);
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
    return delegate.submit(task);
  }

  @Override
  public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
    return delegate.submit(task, result);
  }

  @Override
  public Future<?> submit(Runnable task) {
    return delegate.submit(task);
  }

  @Override
  public void execute(Runnable command) {
    delegate.execute(command);
  }

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      MapOptions options, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return delegate.map(options, fn, inputs);
  }

  @Override
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      MapOptions options,
      TaskBiFunction<? super A, ? super B, ? extends R> fn,
      Iterable<? extends A> first,
      Iterable<? extends B> second) {
    return delegate.map(options, fn, first, second);
  }

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> Iter<R> mapUnordered(
      MapOptions options, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return delegate.mapUnordered(options, fn, inputs);
  }

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> Iter<MapOutcome<T, R>> mapOutcomes(
      MapOptions options, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return delegate.mapOutcomes(options, fn, inputs);
  }

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> Iter<MapOutcome<T, R>> mapOutcomesUnordered(
      MapOptions options, TaskFunction<? super T, ? extends R> fn, Iterable<? extends T> inputs) {
    return delegate.mapOutcomesUnordered(options, fn, inputs);
  }

  @Override
  public <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks) throws InterruptedException {
    return delegate.invokeAll(tasks);
  }

  @Override
  public <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
    return delegate.invokeAll(tasks, timeout, unit);
  }

  @Override
  public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    return delegate.invokeAny(tasks);
  }

  @Override
  public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return delegate.invokeAny(tasks, timeout, unit);
  }

  @Override
  public ExecutorStats stats() {
    return delegate.stats();
  }

  @Override
  public void shutdown() {
    delegate.shutdown();
  }

  @Override
  public void shutdown(boolean wait, boolean cancelFutures) {
    delegate.shutdown(wait, cancelFutures);
  }

  @Override
  public List<Runnable> shutdownNow() {
    return delegate.shutdownNow();
  }

  @Override
  public void close() {
    delegate.close();
  }

  @Override
  public boolean isShutdown() {
    return delegate.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return delegate.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return delegate.awaitTermination(timeout, unit);
  }

  @Override
  public String toString() {
    return delegate.toString();
  }
}
