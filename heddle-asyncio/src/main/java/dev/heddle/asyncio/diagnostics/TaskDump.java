package dev.heddle.asyncio.diagnostics;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Renders tasks as a text tree: below each task the tasks that it waits for. */
public final class TaskDump {
  private static final int MAX_LINES = 200;
  private static final int MAX_INDENT = 40;
  private static final int MAX_DEPTH = 500;

  private final StringBuilder text = new StringBuilder();
  private final Set<WaitNode> shown = Collections.newSetFromMap(new IdentityHashMap<>());
  private int lines;
  private int omitted;

  private TaskDump() {}

  /** Returns the tree of the given tasks, at most 200 lines. */
  public static String of(List<? extends WaitNode> tasks) {
    TaskDump dump = new TaskDump();
    Set<WaitNode> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (WaitNode each : tasks) {
      each.needs().filter(other -> other != each).forEach(needed::add);
    }
    tasks.stream().filter(each -> !needed.contains(each)).forEach(each -> dump.add(each, 0));
    tasks.forEach(each -> dump.add(each, 0)); // those in cycles
    if (dump.omitted > 0) {
      dump.text.append("  … and ").append(dump.omitted).append(" more\n");
    }
    return dump.text.toString();
  }

  /** In the form in which development tools make a link of it. */
  private static String at(@Nullable StackTraceElement place) {
    return place == null ? "" : " (" + place.getFileName() + ":" + place.getLineNumber() + ")";
  }

  private void add(WaitNode task, int depth) {
    if (task.isDone() || shown.contains(task)) {
      return;
    }
    shown.add(task);
    if (lines++ >= MAX_LINES) {
      omitted++;
    } else {
      text.append("  ".repeat(Math.min(depth, MAX_INDENT) + 1)).append(task.name()).append(": ").append(task.doing())
          .append(at(task.place())).append('\n');
    }
    if (depth < MAX_DEPTH) {
      task.needs().forEach(each -> add(each, depth + 1));
    }
  }
}
