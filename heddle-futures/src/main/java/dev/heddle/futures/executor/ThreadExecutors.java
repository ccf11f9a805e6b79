package dev.heddle.futures.executor;

import dev.heddle.base.Check;
import dev.heddle.futures.Executor;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskRunnable;
import dev.heddle.futures.engine.VirtualEngine;
import dev.heddle.futures.engine.WorkerEngine;
import dev.heddle.futures.engine.WorkerSetup;
import dev.heddle.futures.task.TaskScheduler;
import java.util.concurrent.ThreadFactory;

/** Creates the executors of {@code ThreadPool}: their engines, thread factories and worker initialization. */
public final class ThreadExecutors {
  private ThreadExecutors() {}

  /** An executor on platform threads. */
  public static Executor platform(int workers, PoolOptions options) {
    return new EngineExecutor(
        "threads",
        Check.notNull(options, "options"),
        false, // its threads do
        tasks -> {
          ThreadFactory threads = Thread.ofPlatform().name(tasks.name() + "-worker-", 1).daemon(false).factory();
          return new WorkerEngine(workers, options.maxSpareThreads(), threads, setup(tasks));
        });
  }

  /** An executor on a limited number of virtual threads. */
  public static Executor limitedVirtual(int limit, PoolOptions options) {
    return new EngineExecutor(
        "virtual",
        Check.notNull(options, "options"),
        true,
        tasks -> new WorkerEngine(limit, Integer.MAX_VALUE, virtualThreads(tasks), setup(tasks)));
  }

  /** An executor with a virtual thread for each task. */
  public static Executor virtual(PoolOptions options) {
    return new EngineExecutor(
        "virtual",
        Check.notNull(options, "options"),
        true,
        tasks -> new VirtualEngine(virtualThreads(tasks), setup(tasks)));
  }

  private static ThreadFactory virtualThreads(TaskScheduler tasks) {
    // Naming a virtual thread costs more than starting it, so only executors with a given name do it.
    return tasks.options().name() == null
        ? Thread.ofVirtual().factory()
        : Thread.ofVirtual().name(tasks.name() + "-", 1).factory();
  }

  private static WorkerSetup setup(TaskScheduler tasks) {
    TaskRunnable initializer = tasks.options().initializer();
    if (initializer == null) {
      return WorkerSetup.NONE;
    }
    return () -> {
      try {
        initializer.runTask();
        return null;
      } catch (Throwable e) {
        return tasks.breakWith(e);
      }
    };
  }
}
