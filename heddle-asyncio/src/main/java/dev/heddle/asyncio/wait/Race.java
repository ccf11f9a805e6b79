package dev.heddle.asyncio.wait;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.Outcome;
import dev.heddle.asyncio.Task;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.OwnLookup;
import dev.heddle.asyncio.task.TaskHost;
import dev.heddle.asyncio.task.Unchecked;
import dev.heddle.futures.ReturnWhen;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The first success of several. */
public final class Race {
  private Race() {}

  /** See {@link Asyncio#race}. */
  public static <T extends @Nullable Object> Async<T> of(List<Awaitable<T>> all) {
    return Async.of(
        OwnLookup.HERE,
        a -> {
          Set<Task<T>> open = begin(all);
          List<Throwable> failures = new ArrayList<>();
          try {
            while (!open.isEmpty()) {
              for (Task<T> each : a.await(Asyncio.wait(open, ReturnWhen.FIRST_COMPLETED)).done()) {
                open.remove(each);
                if (each.outcome() instanceof Outcome.Success<T>(T value)) {
                  return value;
                }
                failures.add(each.isCancelled()
                    ? new CancellationException("task '" + each.name() + "' was cancelled")
                    : failure(each));
              }
            }
          } finally {
            for (Task<T> each : open) {
              each.cancel("another one of its race was faster, or the race was cancelled");
            }
            if (!open.isEmpty()) {
              a.await(Asyncio.shield(Asyncio.wait(open)));
            }
          }
          throw first(failures);
        });
  }

  private static <T extends @Nullable Object> Set<Task<T>> begin(List<Awaitable<T>> all) {
    Set<Task<T>> tasks = new LinkedHashSet<>();
    for (Awaitable<T> each : all) {
      LoopTask<T> task = LoopTask.toTask(TaskHost.require(), each);
      task.observe(); // of those that are too late, failures do not matter
      tasks.add(task);
    }
    return tasks;
  }

  private static Throwable failure(Task<?> task) {
    Throwable error = task.exception();
    return error == null ? new IllegalStateException("task '" + task.name() + "' has not failed") : error;
  }

  private static RuntimeException first(List<Throwable> failures) {
    Throwable first = failures.getFirst();
    failures.stream().skip(1).filter(each -> each != first).forEach(first::addSuppressed);
    return Unchecked.rethrow(first);
  }
}
