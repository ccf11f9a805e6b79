package dev.heddle.asyncio;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Tasks as a tree for people: below each task those that it waits for. */
final class TaskDump {
  private static final int MAX_LINES = 200;

  private final StringBuilder text = new StringBuilder();
  private final Set<Task<?>> shown = Collections.newSetFromMap(new IdentityHashMap<>());
  private int lines;
  private int left;

  private TaskDump() {}

  static String of(List<Task<?>> tasks) {
    TaskDump dump = new TaskDump();
    Set<Task<?>> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Task<?> each : tasks) {
      needs(each).filter(other -> other != each).forEach(needed::add);
    }
    tasks.stream().filter(each -> !needed.contains(each)).forEach(each -> dump.add(each, 0));
    tasks.forEach(each -> dump.add(each, 0)); // those in circles
    if (dump.left > 0) {
      dump.text.append("  … and ").append(dump.left).append(" more\n");
    }
    return dump.text.toString();
  }

  private void add(Task<?> task, int depth) {
    if (task.isDone() || shown.contains(task)) {
      return;
    }
    shown.add(task);
    if (lines++ >= MAX_LINES) {
      left++;
    } else {
      text.append("  ".repeat(Math.min(depth, 40) + 1)).append(task.name()).append(": ").append(task.doing()).append('\n');
    }
    if (depth < 500) {
      needs(task).forEach(each -> add(each, depth + 1));
    }
  }

  private static Stream<Task<?>> needs(Task<?> task) {
    return switch (task.waitsFor()) {
      case Task<?> other -> Stream.of(other);
      case Operation<?> operation -> operation.needs();
      case null, default -> Stream.empty();
    };
  }
}
