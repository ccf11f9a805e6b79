package dev.heddle.cli.top;

import dev.heddle.base.Cells;
import dev.heddle.base.Describe;
import dev.heddle.cli.live.FrameRow;
import dev.heddle.cli.live.FrameText;
import dev.heddle.cli.live.FrameText.Sort;
import dev.heddle.cli.live.JavaProcess;
import dev.heddle.cli.live.LiveFrame;
import dev.heddle.cli.live.Rates;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The frames of a program one after the other, with what is known from their comparison. For one thread. */
final class TopView {
  private static final int MOST_TASKS = 8;
  private static final int SPARK = 20;

  private final JavaProcess process;
  private final WorkerEvents events = new WorkerEvents();
  private final Sparkline spark = new Sparkline(SPARK);
  private @Nullable LiveFrame frame;
  private @Nullable Rates rates;
  private double total;
  private Sort sort;
  private String filter;

  TopView(JavaProcess process, Sort sort, String filter) {
    this.process = process;
    this.sort = sort;
    this.filter = filter;
  }

  /** Takes the next frame. */
  void next(LiveFrame now) {
    LiveFrame before = frame;
    Rates latest = before == null ? Rates.average(now) : Rates.between(before, now);
    if (before != null) {
      events.compare(before, now);
    }
    frame = now;
    rates = latest;
    total = now.roots().stream().filter(row -> row.is("executor")).mapToDouble(row -> rate(latest, row)).sum();
    spark.add(total);
  }

  private static double rate(Rates rates, FrameRow row) {
    double rate = rates.of(row);
    return Double.isNaN(rate) ? 0 : rate;
  }

  void sortNext() {
    sort = sort.next();
  }

  void sortBy(Sort order) {
    sort = order;
  }

  void filter(String text) {
    filter = text;
  }

  String filter() {
    return filter;
  }

  String sort() {
    return sort.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the lines of the present frame. */
  List<String> lines(int width) {
    List<String> lines = new ArrayList<>();
    lines.add(Cells.fit(Cells.printable(process.toString()), width));
    LiveFrame now = frame;
    Rates latest = rates;
    if (now == null || latest == null) {
      lines.add("waiting for the program to answer …");
      return lines;
    }
    lines.add(Cells.fit(Describe.format("%.1f tasks/s  ", total) + spark, width));
    lines.add("");
    String wanted = filter.toLowerCase(Locale.ROOT);
    lines.addAll(new FrameText(
        now, latest, width, MOST_TASKS, sort, name -> name.toLowerCase(Locale.ROOT).contains(wanted)).lines());
    if (!events.latest().isEmpty()) {
      lines.add("");
      lines.add("WORKERS THAT HAVE GONE AND COME");
      events.latest().forEach(each -> lines.add(Cells.fit("  " + each, width)));
    }
    return lines;
  }
}
