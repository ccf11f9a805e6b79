package dev.heddle.asyncio.task;

import dev.heddle.asyncio.AsyncGenerator;
import dev.heddle.asyncio.LoopProblem;
import dev.heddle.asyncio.diagnostics.ProblemReporter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The tasks of a loop that have not ended, those whose failure was not observed, and the async generators that have begun.
 *
 * <p>Confined to the loop's thread.
 */
public final class TaskRegistry {
  /** At most so many unobserved failures are kept; of more, the oldest is reported at once. */
  static final int MAX_FAILED = 1_000;

  private final ProblemReporter problems;
  private final LinkedNodes<LoopTask<?>> live = new LinkedNodes<>();
  private final Set<LoopTask<?>> failed = new LinkedHashSet<>();
  private final Set<AsyncGenerator<?>> generators = new LinkedHashSet<>();
  private boolean ending;

  /** An empty registry that reports unobserved failures. */
  public TaskRegistry(ProblemReporter problems) {
    this.problems = problems;
  }

  /** Adds a new task. */
  public void add(LoopTask<?> task) {
    live.add(task);
  }

  /** Removes a task that has ended. */
  public void remove(LoopTask<?> task) {
    live.remove(task);
  }

  /** Whether all tasks have ended. */
  public boolean isEmpty() {
    return live.isEmpty();
  }

  /** The tasks that have not ended, the oldest first; a copy. */
  public List<LoopTask<?>> toList() {
    List<LoopTask<?>> all = new ArrayList<>();
    live.forEach(all::add);
    return all;
  }

  /** Keeps a task that has failed, until its failure is observed. */
  void failed(LoopTask<?> task) {
    failed.add(task);
    if (failed.size() > MAX_FAILED) {
      LoopTask<?> oldest = failed.iterator().next();
      failed.remove(oldest);
      report(oldest);
    }
  }

  /** Forgets a task whose failure is observed. */
  void observed(LoopTask<?> task) {
    failed.remove(task);
  }

  /** Reports all failures that were not observed. */
  public void reportFailed() {
    List.copyOf(failed).forEach(this::report);
  }

  private void report(LoopTask<?> task) {
    Throwable failure = task.failure();
    problems.report(
        LoopProblem.Kind.UNOBSERVED_FAILURE,
        "task '" + task.name() + "' failed with " + failure + ", and it was never awaited nor asked for its exception",
        failure);
  }

  /** Sets whether the run is ending: then each new task is cancelled at once. */
  public void setEnding(boolean ending) {
    this.ending = ending;
  }

  /** Whether the run is ending. */
  public boolean isEnding() {
    return ending;
  }

  /** Adds an async generator that has begun. */
  void begun(AsyncGenerator<?> generator) {
    generators.add(generator);
  }

  /** Removes an async generator that has ended. */
  void ended(AsyncGenerator<?> generator) {
    generators.remove(generator);
  }

  /** The async generators that have begun and not ended; a copy. */
  public List<AsyncGenerator<?>> generators() {
    return List.copyOf(generators);
  }
}
