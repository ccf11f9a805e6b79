package dev.heddle.cluster.node;

import dev.heddle.cluster.MemoryLimitException;
import dev.heddle.cluster.seal.SealedMember;
import dev.heddle.cluster.wire.CallOutcome;
import dev.heddle.cluster.wire.Request;
import dev.heddle.codec.TaskDecoder;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Runs tasks on the threads that call it, as many at once as there are permits. Thread-safe. */
final class TaskRun {
  private final Permits permits;
  private final @Nullable Executor runner;
  private final int maxMessage;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong finished = new AtomicLong();

  /**
   * Creates the runs of a node.
   *
   * @param runner runs the tasks; null for the calling thread itself
   * @param maxMessage the limit of a result, in bytes
   */
  TaskRun(Permits permits, @Nullable Executor runner, int maxMessage) {
    this.permits = permits;
    this.runner = runner;
    this.maxMessage = maxMessage;
  }

  int running() {
    return running.get();
  }

  long finished() {
    return finished.get();
  }

  /** Runs a task once there is a permit for it; never throws what the task does. */
  CallOutcome run(DriverState driver, Request.Run request) {
    Seat seat = driver.seat(request.view(), request.seat());
    if (!seat.begin(request.id())) {
      return cancelled(driver, request);
    }
    try {
      permits.acquire(driver.driver(), seat.slots());
    } catch (InterruptedException e) {
      seat.end();
      return cancelled(driver, request);
    }
    try {
      running.incrementAndGet();
      return call(driver, seat, request);
    } finally {
      running.decrementAndGet();
      finished.incrementAndGet();
      seat.end();
      permits.release(seat.slots());
    }
  }

  private static CallOutcome cancelled(DriverState driver, Request.Run request) {
    CancellationException e = new CancellationException("task '" + request.task() + "' was cancelled before it began");
    return new CallOutcome(false, 0, driver.decoder().failures().encode(e, request.task()));
  }

  private CallOutcome call(DriverState driver, Seat seat, Request.Run request) {
    TaskDecoder decoder = driver.decoder();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    DriverState.CURRENT.set(driver);
    boolean alone = decoder.runsAlone(request.payload());
    long start = System.nanoTime();
    try {
      thread.setContextClassLoader(seat.loader());
      if (alone) {
        driver.oneAtATime().lockInterruptibly();
      }
      try {
        driver.define(request.sites());
        Callable<?> task = decoder.decode((int) request.site(), request.payload());
        byte[] value = decoder.values().encode(runner == null ? task.call() : elsewhere(runner, task));
        checkLength(value, request.task());
        return new CallOutcome(true, System.nanoTime() - start, value);
      } finally {
        if (alone && driver.oneAtATime().isHeldByCurrentThread()) {
          driver.oneAtATime().unlock();
        }
      }
    } catch (Throwable e) { // of decoding, running or encoding: it is the task's
      boolean _ = Thread.interrupted(); // encoding runs the exception's own code
      return new CallOutcome(false, System.nanoTime() - start, decoder.failures().encode(e, request.task()));
    } finally {
      DriverState.CURRENT.remove();
      thread.setContextClassLoader(before);
    }
  }

  private void checkLength(byte[] value, String task) {
    if (value.length > maxMessage - SealedMember.OVERHEAD) {
      throw new MemoryLimitException(
          "the result of task '" + task + "' takes " + value.length + " bytes when encoded, but maxMessage is " + maxMessage
              + "; return less, leave it at the node (keep), or raise maxMessage on all members",
          null);
    }
  }

  private static @Nullable Object elsewhere(Executor runner, Callable<?> task) throws Throwable {
    Future<?> future = runner.submit(task);
    try {
      return future.get();
    } catch (InterruptedException e) {
      boolean _ = future.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** Runs a view's initializer. */
  static CallOutcome initialize(DriverState driver, Request.Open request, ClassLoader loader) {
    TaskDecoder decoder = driver.decoder();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    long start = System.nanoTime();
    DriverState.CURRENT.set(driver);
    try {
      thread.setContextClassLoader(loader);
      Object _ = decoder.decode((int) request.site(), request.initializer()).call();
      return new CallOutcome(true, System.nanoTime() - start, new byte[0]);
    } catch (Throwable e) {
      return new CallOutcome(false, System.nanoTime() - start, decoder.failures().encode(e, "the initializer"));
    } finally {
      boolean _ = Thread.interrupted();
      DriverState.CURRENT.remove();
      thread.setContextClassLoader(before);
    }
  }
}
