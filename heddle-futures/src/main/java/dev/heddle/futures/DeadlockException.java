package dev.heddle.futures;

import java.util.List;

/**
 * Thrown by a wait that could never end: by every wait of a cycle of tasks that wait for each other, and by one that would
 * starve its pool.
 *
 * <p>Only waits without a time-out, made by tasks of Heddle executors for Heddle futures, are watched. Locks, latches and
 * copies made by {@link Future#toCompletableFuture} are not.
 */
public final class DeadlockException extends FuturesException {
  private final List<String> cycle;

  private DeadlockException(String message, List<String> cycle) {
    super(message, null);
    this.cycle = List.copyOf(cycle);
  }

  /** The waits of a cycle: {@code tasks.get(i)} waits for {@code tasks.get(i + 1)}, the last for the first. */
  static DeadlockException ofCycle(List<String> tasks) {
    StringBuilder path = new StringBuilder("task '" + tasks.getFirst() + "'");
    for (String next : tasks.subList(1, tasks.size())) {
      path.append(" waits for task '").append(next).append("', which");
    }
    path.append(" waits for ").append(tasks.size() == 1 ? "itself" : "task '" + tasks.getFirst() + "'");
    return new DeadlockException(
        "deadlock: " + path + "; none of them could ever finish. Let one finish without the other's result,"
            + " or wait with a time-out",
        tasks);
  }

  /** A wait that the pool cannot make up for with another thread. */
  static DeadlockException starved(String task, String executor, Object load) {
    return new DeadlockException(
        "deadlock: task '" + task + "' waits for another task, and so does every thread of executor '" + executor + "' ("
            + load + "), which has no thread left for the queued ones. Raise PoolOptions.maxSpareThreads, nest tasks less"
            + " deeply, or use ThreadPool.virtual()",
        List.of(task));
  }

  /** A task that waits for the end of the executor it runs on. */
  static DeadlockException closingOwnExecutor(String task, String executor) {
    return new DeadlockException(
        "deadlock: task '" + task + "' would wait for the end of executor '" + executor + "', on which it runs itself."
            + " Close the executor from outside its tasks, or use shutdown(false, …), which does not wait",
        List.of(task));
  }

  /** The names of the tasks that wait for each other, each for the next and the last for the first. */
  public List<String> cycle() {
    return cycle;
  }
}
