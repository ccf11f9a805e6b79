package dev.heddle.asyncio.task;

import dev.heddle.asyncio.LoopProblem;
import dev.heddle.asyncio.diagnostics.ProblemReporter;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a loop that have not ended, those whose failure was not observed, and the async generators that have begun.
 *
 * <p>Confined to the loop's thread.
 */
public final class TaskRegistry {
  /** At most so many unobserved failures are noted; of more, the oldest is reported at once. */
  static final int MAX_FAILED = 1_000;

  private final ProblemReporter problems;
  private final LinkedNodes<LoopTask<?>> live = new LinkedNodes<>();
  private final Set<FailureNote> failures = new LinkedHashSet<>();
  private final ReferenceQueue<LoopTask<?>> unreachable = new ReferenceQueue<>();
  private final Set<GeneratorNote> generators = new LinkedHashSet<>();
  private final ReferenceQueue<LoopAsyncGenerator<?>> leftGenerators = new ReferenceQueue<>();

  /** Generators whose handle is unreachable while a task still awaits them. */
  private final List<GeneratorNote> leftBusy = new ArrayList<>();
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

  /** Takes note of a task that has failed and was not observed; the task itself is not kept. */
  FailureNote failed(LoopTask<?> task, Throwable failure) {
    FailureNote note = new FailureNote(task, failure, unreachable);
    failures.add(note);
    if (failures.size() > MAX_FAILED) {
      report(failures.iterator().next());
    }
    return note;
  }

  /** Forgets a failure that is observed. */
  void observed(FailureNote note) {
    failures.remove(note);
  }

  /**
   * Whether there are failures that were not observed, or generators that have begun: the collector may find them
   * unreachable.
   */
  public boolean isWatching() {
    return !failures.isEmpty() || !generators.isEmpty();
  }

  /** Whether there are failures that may still be observed. */
  public boolean hasFailures() {
    return !failures.isEmpty();
  }

  /** Reports the failures of tasks that are unreachable, so that they cannot be observed any more. */
  public void reportUnreachable() {
    for (Reference<?> each = unreachable.poll(); each != null; each = unreachable.poll()) {
      if (each instanceof FailureNote note && failures.contains(note)) {
        report(note);
      }
    }
  }

  /** Reports the failures that were not observed within the given time, reachable or not. */
  public void reportOlderThan(long nanos) {
    long now = System.nanoTime();
    while (!failures.isEmpty() && now - failures.iterator().next().since() >= nanos) {
      report(failures.iterator().next());
    }
  }

  /** Reports all failures that were not observed. */
  public void reportFailed() {
    List.copyOf(failures).forEach(this::report);
  }

  private void report(FailureNote note) {
    failures.remove(note);
    problems.report(
        LoopProblem.Kind.UNOBSERVED_FAILURE,
        "task '" + note.name() + "' failed with " + note.failure()
            + ", and it was never awaited nor asked for its exception",
        note.failure());
  }

  /** Sets whether the run is ending: then each new task is cancelled at once. */
  public void setEnding(boolean ending) {
    this.ending = ending;
  }

  /** Whether the run is ending. */
  public boolean isEnding() {
    return ending;
  }

  /** Takes note of an async generator that begins; its body is kept, its handle is not. */
  GeneratorNote begun(@Nullable LoopAsyncGenerator<?> handle, GeneratorStep step) {
    GeneratorNote note = new GeneratorNote(handle, step, leftGenerators);
    generators.add(note);
    return note;
  }

  /** Removes an async generator that has ended. */
  void ended(GeneratorNote note) {
    generators.remove(note);
  }

  /** Whether there are async generators that have begun and not ended. */
  public boolean hasGenerators() {
    return !generators.isEmpty();
  }

  /** Returns coroutines that close the async generators which have begun and not ended. */
  public List<AsyncCoroutine<@Nullable Void>> closingAll() {
    return generators.stream().map(each -> each.step().close()).toList();
  }

  /** Returns coroutines that close the async generators whose handles are unreachable; each is returned once. */
  public List<AsyncCoroutine<@Nullable Void>> closingUnreachable() {
    List<AsyncCoroutine<@Nullable Void>> closing = new ArrayList<>();
    List<GeneratorNote> candidates = new ArrayList<>(leftBusy);
    leftBusy.clear();
    for (Reference<?> each = leftGenerators.poll(); each != null; each = leftGenerators.poll()) {
      if (each instanceof GeneratorNote note) {
        candidates.add(note);
      }
    }
    for (GeneratorNote note : candidates) {
      if (note.step().isBusy()) {
        leftBusy.add(note);
      } else if (generators.contains(note)) {
        closing.add(note.step().close());
      }
    }
    return closing;
  }
}
