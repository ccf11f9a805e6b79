package dev.heddle.cli.top;

import dev.heddle.base.Cells;
import dev.heddle.cli.live.FrameRow;
import dev.heddle.cli.live.LiveFrame;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The workers that have gone and come since the first frame: a process that ends is replaced before the next look. */
final class WorkerEvents {
  private static final int MOST = 5;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  private final Deque<String> events = new ArrayDeque<>();

  /** Adds what is different between two frames. */
  void compare(LiveFrame before, LiveFrame now) {
    Map<String, FrameRow> earlier = workers(before);
    Map<String, FrameRow> later = workers(now);
    Map<String, String> executors = new HashMap<>();
    now.roots().forEach(row -> executors.put(row.id(), Cells.printable(row.name())));
    earlier.forEach((id, row) -> {
      if (!later.containsKey(id) && executors.containsKey(row.parent())) {
        add(now, name(row) + " of " + executors.get(row.parent()) + " has gone" + reasons(row, before, now));
      }
    });
    later.forEach((id, row) -> {
      if (!earlier.containsKey(id)) {
        add(now, name(row) + " of " + executors.get(row.parent()) + " has come");
      }
    });
  }

  private static String name(FrameRow row) {
    return Cells.printable(row.name());
  }

  private static Map<String, FrameRow> workers(LiveFrame frame) {
    Map<String, FrameRow> workers = new LinkedHashMap<>();
    frame.rows().stream().filter(row -> row.is("worker"))
        .forEach(row -> workers.put(row.id() + " " + row.figure("pid"), row));
    return workers;
  }

  /** The kinds of ends that the executor has counted meanwhile. */
  private static String reasons(FrameRow worker, LiveFrame before, LiveFrame now) {
    Map<String, Long> earlier = exits(worker, before);
    List<String> more = exits(worker, now).entrySet().stream()
        .filter(each -> each.getValue() > earlier.getOrDefault(each.getKey(), 0L))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
    return more.isEmpty() ? "" : " (" + String.join(", ", more) + ")";
  }

  private static Map<String, Long> exits(FrameRow worker, LiveFrame frame) {
    return frame.rows().stream()
        .filter(row -> row.is("exits") && row.parent().equals(worker.parent()))
        .findFirst()
        .map(FrameRow::figures)
        .orElse(Map.of());
  }

  private void add(LiveFrame now, String what) {
    Instant time = Instant.ofEpochSecond(now.nanos() / 1_000_000_000);
    events.addFirst(TIME.format(time) + " " + what);
    if (events.size() > MOST) {
      events.removeLast();
    }
  }

  /** Returns the latest events, the latest first. */
  List<String> latest() {
    return List.copyOf(events);
  }
}
