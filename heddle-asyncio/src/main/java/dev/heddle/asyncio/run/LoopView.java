package dev.heddle.asyncio.run;

import dev.heddle.asyncio.diagnostics.WaitNode;
import dev.heddle.asyncio.loop.Scheduler;
import dev.heddle.asyncio.task.TaskRegistry;
import dev.heddle.futures.live.LiveObject;
import dev.heddle.futures.live.LiveObjects;
import dev.heddle.futures.live.LiveRow;
import dev.heddle.futures.live.LiveRows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A loop as it is seen from outside: its tasks, below each those that it waits for. The loop's thread lists them, since nothing
 * of a loop is for other threads; if it does not come to that, its stack tells what it does instead.
 */
final class LoopView implements LiveObject {
  private static final int MOST = 2_000;
  private static final String LOOPS = "dev.heddle.asyncio.";
  private static final List<String> LIBRARY = List.of(LOOPS, "dev.heddle.iter.", "dev.heddle.futures.", "dev.heddle.base.");
  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(\\w+?)\\$.*");

  /** A task at one moment; parent is its index among the others, or -1. */
  private record Seen(String name, String state, @Nullable StackTraceElement place, int parent) {}

  private record Waiting(WaitNode task, int parent) {}

  private record Answer(List<Seen> tasks, int all) {}

  private final Scheduler scheduler;
  private final TaskRegistry registry;
  private final Thread thread = Thread.currentThread();
  private final LiveObjects.Registration registration;
  private @Nullable CompletableFuture<Answer> asked; // of the thread that looks

  /** Registers a loop that the calling thread runs. */
  @SuppressWarnings("this-escape") // it is complete by then
  LoopView(Scheduler scheduler, TaskRegistry registry) {
    this.scheduler = scheduler;
    this.registry = registry;
    this.registration = LiveObjects.add(this);
  }

  void close() {
    registration.close();
  }

  // ---- the thread that looks ----

  @Override
  public void prepare() {
    CompletableFuture<Answer> before = asked;
    if (before == null || before.isDone()) { // else the loop has not come to the question yet
      CompletableFuture<Answer> answer = new CompletableFuture<>();
      asked = answer;
      if (!scheduler.post(() -> answer(answer))) {
        answer.complete(new Answer(List.of(), 0)); // the loop has ended
      }
    }
  }

  @Override
  public void describe(LiveRows rows, String id) {
    LiveRow row = rows.add("loop", id, "", thread.getName().isEmpty() ? "event loop" : thread.getName());
    CompletableFuture<Answer> answer = asked;
    try {
      if (answer != null) {
        tell(answer.get(rows.patience(), TimeUnit.NANOSECONDS), rows, id, row);
      }
    } catch (TimeoutException e) {
      tellOfThread(row);
    } catch (ExecutionException e) {
      row.state("failed").text(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void tell(Answer answer, LiveRows rows, String id, LiveRow row) {
    row.state("running").figure("tasks", answer.all);
    for (int i = 0; i < answer.tasks.size(); i++) {
      Seen task = answer.tasks.get(i);
      rows.add("coroutine", id + "/c" + i, task.parent < 0 ? id : id + "/c" + task.parent, task.name)
          .state(task.state)
          .text(task.place == null ? "" : place(task.place));
    }
  }

  /** The loop's thread has not answered: a step has not returned to the loop, or the loop is between two runs. */
  private void tellOfThread(LiveRow row) {
    StackTraceElement[] stack = thread.getStackTrace();
    if (Arrays.stream(stack).noneMatch(frame -> frame.getClassName().startsWith(LOOPS))) {
      row.state("between two runs");
      return;
    }
    String place = Arrays.stream(stack)
        .filter(frame -> LIBRARY.stream().noneMatch(frame.getClassName()::startsWith) && !isOfJdk(frame))
        .findFirst()
        .map(frame -> "at " + place(frame))
        .orElse("");
    row.state("blocked by a step").text(stack[0].getMethodName() + " " + place);
  }

  private static boolean isOfJdk(StackTraceElement frame) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }

  /** A place as developers know it: without the names that compilers give to lambdas and generated classes. */
  private static String place(StackTraceElement frame) {
    int generated = frame.getClassName().indexOf("$$");
    Matcher lambda = LAMBDA.matcher(frame.getMethodName());
    String method = generated > 0 ? "" : "." + (lambda.matches() ? lambda.group(1) : frame.getMethodName());
    String type = generated > 0 ? frame.getClassName().substring(0, generated) : frame.getClassName();
    return type + method + "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
  }

  // ---- the loop's thread ----

  private void answer(CompletableFuture<Answer> answer) {
    try {
      answer.complete(look());
    } catch (Throwable e) { // what a task's text throws must not reach the loop
      answer.completeExceptionally(e);
    }
  }

  private Answer look() {
    List<? extends WaitNode> tasks = registry.toList();
    Set<WaitNode> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    tasks.forEach(each -> each.needs().filter(other -> other != each).forEach(needed::add));
    List<Seen> seen = new ArrayList<>();
    Set<WaitNode> shown = Collections.newSetFromMap(new IdentityHashMap<>());
    tasks.stream().filter(each -> !needed.contains(each)).forEach(each -> tree(each, seen, shown));
    tasks.forEach(each -> tree(each, seen, shown)); // those in cycles
    return new Answer(List.copyOf(seen), tasks.size());
  }

  private static void tree(WaitNode root, List<Seen> seen, Set<WaitNode> shown) {
    Deque<Waiting> next = new ArrayDeque<>(List.of(new Waiting(root, -1)));
    while (!next.isEmpty() && seen.size() < MOST) {
      Waiting each = next.pop();
      if (!each.task.isDone() && shown.add(each.task)) {
        int index = seen.size();
        seen.add(new Seen(each.task.name(), each.task.doing(), each.task.place(), each.parent));
        each.task.needs().map(other -> new Waiting(other, index)).toList().reversed().forEach(next::push);
      }
    }
  }
}
