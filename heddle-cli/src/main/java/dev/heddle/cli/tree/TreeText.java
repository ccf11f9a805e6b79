package dev.heddle.cli.tree;

import dev.heddle.base.Cells;
import dev.heddle.base.Describe;
import dev.heddle.cli.live.FrameRow;
import dev.heddle.cli.live.LiveFrame;
import java.util.ArrayList;
import java.util.List;

/** A frame as a tree of lines; lines are not cut, since the end of one tells where a task waits. */
final class TreeText {
  private final LiveFrame frame;
  private final List<String> lines = new ArrayList<>();

  TreeText(LiveFrame frame) {
    this.frame = frame;
  }

  List<String> lines() {
    children(frame.roots(), "", 0);
    if (frame.roots().isEmpty()) {
      lines.add("nothing is open: no executor, no pipeline, no event loop");
    }
    if (frame.omitted() > 0) {
      lines.add("… and " + frame.omitted() + " rows more, which the program has left out");
    }
    if (frame.silent() > 0) {
      lines.add("the program has not told all within a second: a lock is held, or it is overloaded");
    }
    return lines;
  }

  private void children(List<FrameRow> rows, String indent, int depth) {
    List<FrameRow> shown = rows.stream().filter(row -> !row.is("exits")).toList();
    for (int i = 0; i < shown.size(); i++) {
      boolean last = i == shown.size() - 1;
      lines.add(indent + (last ? "└─ " : "├─ ") + describe(shown.get(i)));
      if (depth < LiveFrame.DEEPEST) {
        children(frame.childrenOf(shown.get(i)), indent + (last ? "   " : "│  "), depth + 1);
      }
    }
  }

  private static String describe(FrameRow row) {
    String name = Cells.printable(row.name());
    String text = Cells.printable(row.text());
    String age = row.age() < 0 ? "" : ", " + Describe.measured(row.age());
    return switch (row.kind()) {
      case "executor" -> name + ": " + row.type() + ", " + row.state() + ", " + row.figure("running") + " running, "
          + row.figure("queued") + " queued, " + row.figure("done") + " done" + age;
      case "worker" -> name + ": " + row.state() + ", " + row.figure("done") + " done" + age;
      case "pipeline" -> "pipeline " + name + age + (text.isEmpty() ? "" : ": " + text);
      case "stage" -> name + ": " + row.figure("busy") + " of " + row.figure("workers") + " busy, " + row.figure("waiting")
          + " waiting, " + row.figure("out") + " out";
      case "loop" -> "event loop " + name + ": " + row.state() + (text.isEmpty() ? "" : ": " + text);
      case "coroutine" -> name + ": " + row.state() + (text.isEmpty() ? "" : "  at " + text);
      default -> name + (row.state().isEmpty() ? "" : ": " + row.state()) + age + (text.isEmpty() ? "" : ": " + text);
    };
  }
}
