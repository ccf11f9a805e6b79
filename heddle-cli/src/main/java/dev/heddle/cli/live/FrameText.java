package dev.heddle.cli.live;

import dev.heddle.base.Cells;
import dev.heddle.base.Describe;
import dev.heddle.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A frame as lines of text: executors with their workers and the tasks under way, pipelines with their stages, event loops. For
 * one frame and one thread.
 */
public final class FrameText {
  private static final int LEAST_WIDTH = 40;
  private static final int AGE = 10;
  private static final int NARROW = 70;

  /** The order of executors, and of tasks within one. */
  public enum Sort {
    /** Executors as they were made; the tasks that have run longest first. */
    AGE,
    /** By name. */
    NAME,
    /** The executors with the highest rate first. */
    RATE,
    /** The executors with the longest queue first. */
    QUEUED;

    /** Returns the order after this one, around. */
    public Sort next() {
      return switch (this) {
        case AGE -> NAME;
        case NAME -> RATE;
        case RATE -> QUEUED;
        case QUEUED -> AGE;
      };
    }
  }

  private final LiveFrame frame;
  private final Rates rates;
  private final int width;
  private final int mostTasks;
  private final Sort sort;
  private final Predicate<String> filter;
  private final List<String> lines = new ArrayList<>();

  /**
   * A text to be made.
   *
   * @param width the number of columns of the terminal
   * @param mostTasks how many tasks or workers of one executor are shown
   * @param filter which names of executors, tasks, pipelines and loops are shown
   */
  public FrameText(LiveFrame frame, Rates rates, int width, int mostTasks, Sort sort, Predicate<String> filter) {
    this.frame = frame;
    this.rates = rates;
    this.width = Math.max(LEAST_WIDTH, width);
    this.mostTasks = mostTasks;
    this.sort = sort;
    this.filter = filter;
  }

  /** Returns the lines, each of which fits the width. */
  public List<String> lines() {
    executors();
    frame.roots().stream().filter(row -> row.is("pipeline")).forEach(this::pipeline);
    loops();
    if (frame.roots().isEmpty()) {
      lines.add("nothing is open: no executor, no pipeline, no event loop");
    }
    if (frame.omitted() > 0) {
      lines.add(fit("… and " + frame.omitted() + " rows more, which the program has left out"));
    }
    if (frame.silent() > 0) {
      lines.add(fit("the program has not told all within a second: a lock is held, or it is overloaded"));
    }
    return lines;
  }

  // ---- executors ----

  private void executors() {
    List<FrameRow> all = frame.roots().stream().filter(row -> row.is("executor")).filter(this::isShown).sorted(order())
        .toList();
    if (all.isEmpty()) {
      return;
    }
    boolean isNarrow = width < NARROW;
    int kinds = isNarrow ? 0 : 17;
    int name = width - kinds - (isNarrow ? 27 : 42);
    lines.add(fit(Cells.pad("EXECUTOR", name) + Cells.pad(isNarrow ? "" : " KIND", kinds)
        + figures(isNarrow, "BUSY", "QUEUED", "DONE", "FAILED", "RATE")));
    for (FrameRow row : all) {
      String busy = (row.figure("running") - row.figure("waiting")) + "/"
          + (row.figures().containsKey("limit") ? row.figure("limit") : "∞");
      String kind = isNarrow ? "" : " " + (row.state().equals("closing") ? "closing " : "") + row.type();
      lines.add(fit(
          name(row, name) + Cells.pad(Cells.fit(kind, kinds), kinds)
              + figures(isNarrow, busy, count(row.figure("queued")), count(row.figure("done")), count(row.figure("failed")),
                  rate(row))));
      parts(row);
    }
  }

  private static String figures(boolean isNarrow, String busy, String queued, String done, String failed, String rate) {
    return isNarrow
        ? Describe.format(" %6s %6s %6s %6s", busy, queued.equals("QUEUED") ? "QUEUE" : queued, done, rate).substring(1)
        : Describe.format(" %8s %7s %8s %6s %8s", busy, queued, done, failed, rate);
  }

  private Comparator<FrameRow> order() {
    return switch (sort) {
      case AGE -> Comparator.comparingLong(row -> -row.age());
      case NAME -> Comparator.comparing(FrameRow::name);
      case RATE -> Comparator.comparingDouble((FrameRow row) -> -Math.max(0, rates.of(row)));
      case QUEUED -> Comparator.comparingLong(row -> -row.figure("queued"));
    };
  }

  /** Whether its name, or that of one of its parts, is wanted. */
  private boolean isShown(FrameRow row) {
    return filter.test(row.name()) || frame.childrenOf(row).stream().anyMatch(this::isShown);
  }

  private void parts(FrameRow executor) {
    List<FrameRow> parts = frame.childrenOf(executor);
    List<FrameRow> workers = parts.stream().filter(row -> row.is("worker")).toList();
    workers.stream().limit(mostTasks).forEach(this::worker);
    more(workers.size() - mostTasks, "workers");
    Comparator<FrameRow> order = sort == Sort.NAME
        ? Comparator.comparing(FrameRow::name)
        : Comparator.comparingLong(row -> -row.age());
    List<FrameRow> tasks = parts.stream().filter(row -> row.is("task")).sorted(order).toList();
    boolean all = filter.test(executor.name());
    List<FrameRow> shown = tasks.stream().filter(row -> all || filter.test(row.name())).toList();
    shown.stream().limit(mostTasks).forEach(row -> aged("  " + Cells.printable(row.name()), row.age()));
    more(shown.size() - mostTasks, "running tasks");
    parts.stream().filter(row -> row.is("exits")).forEach(this::exits);
  }

  private void worker(FrameRow row) {
    List<FrameRow> tasks = frame.childrenOf(row);
    String text = "  " + Cells.pad(Cells.printable(row.name()), 24) + " " + Cells.pad(row.state(), 8)
        + Describe.format(" %8s done", count(row.figure("done")));
    if (tasks.isEmpty()) {
      aged(text, -1);
    } else {
      aged(text + "  " + Cells.printable(tasks.getFirst().name()), tasks.getFirst().age());
    }
  }

  private void exits(FrameRow row) {
    List<String> parts = row.figures().entrySet().stream()
        .filter(each -> each.getValue() > 0 && !each.getKey().equals("closed"))
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getValue() + " " + each.getKey())
        .toList();
    if (!parts.isEmpty()) {
      lines.add(fit("  workers that have ended: " + String.join(", ", parts)));
    }
  }

  private void more(int count, String what) {
    if (count > 0) {
      lines.add(fit("  … and " + count + " " + what + " more"));
    }
  }

  // ---- pipelines ----

  private void pipeline(FrameRow row) {
    if (!isShown(row)) {
      return;
    }
    gap();
    long total = row.figure("total");
    String done = total > 0
        ? count(row.figure("done")) + " of " + count(total) + " (" + Describe.percent(row.figure("done") / (double) total)
            + ")"
        : count(row.figure("done")) + " done";
    String left = row.figures().containsKey("left")
        ? ", " + Describe.measured(1_000_000 * row.figure("left")) + " left"
        : "";
    lines.add(
        fit("PIPELINE " + Cells.printable(row.name()) + "  " + done + ", " + rate(row) + left + ", up " + age(row.age())));
    int name = Math.clamp(width - 51L, 8, 30);
    lines.add(
        fit("  " + Cells.pad("STAGE", name) + Describe.format(" %7s %6s %7s %8s %8s %6s", "WORKERS", "BUSY", "WAITING", "IN",
            "OUT", "FAILED")));
    for (FrameRow stage : frame.childrenOf(row)) {
      lines.add(fit("  " + name(stage, name) + Describe.format(" %7d %5d%% %7d %8s %8s %6s", stage.figure("workers"),
          stage.figure("occupancy"), stage.figure("waiting"), count(stage.figure("in")), count(stage.figure("out")),
          count(stage.figure("failed")))));
    }
    Terminal.wrap(Cells.printable(row.text()), width - 2).forEach(line -> lines.add(fit("  " + line)));
  }

  // ---- loops ----

  private void loops() {
    List<FrameRow> all = frame.roots().stream().filter(row -> row.is("loop")).filter(this::isShown).toList();
    if (!all.isEmpty()) {
      gap();
      lines.add(fit(Cells.pad("EVENT LOOP", Math.max(10, width - 59)) + " STATE"));
    }
    for (FrameRow row : all) {
      String state = row.state() + (row.figures().containsKey("tasks") ? ", tasks: " + row.figure("tasks") : "");
      lines.add(fit(name(row, Math.max(10, width - 59)) + " " + state));
      if (!row.text().isEmpty()) {
        lines.add(fit("  " + Cells.printable(row.text())));
      }
    }
  }

  // ---- parts of lines ----

  private void gap() {
    if (!lines.isEmpty()) {
      lines.add("");
    }
  }

  private void aged(String text, long age) {
    lines.add(age < 0
        ? fit(text)
        : Cells.pad(Cells.fit(text, width - AGE), width - AGE) + Describe.format("%" + AGE + "s", age(age)));
  }

  private String fit(String line) {
    return Cells.fit(line, width);
  }

  private static String name(FrameRow row, int columns) {
    return Cells.pad(Cells.fit(Cells.printable(row.name()), columns), columns);
  }

  private String rate(FrameRow row) {
    double rate = rates.of(row);
    return Double.isNaN(rate) ? "" : (rate < 10 ? Describe.format("%.1f", rate) : count(Math.round(rate))) + "/s";
  }

  private static String age(long nanos) {
    return Describe.measured(nanos);
  }

  /** At most seven characters: 123456, 1.23M. */
  static String count(long number) {
    if (number < 1_000_000) {
      return Long.toString(number);
    }
    return number < 1_000_000_000 ? Describe.format("%.2fM", number / 1e6) : Describe.format("%.2fG", number / 1e9);
  }
}
