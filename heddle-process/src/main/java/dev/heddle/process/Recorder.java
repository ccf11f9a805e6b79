package dev.heddle.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/** Remembers the latest tasks for the timeline. Thread-safe. */
final class Recorder {
  private final long origin = System.nanoTime();
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();

  private record Entry(long pid, String task, long begin, long nanos, Timeline.Outcome outcome) {}

  /** A task has ended just now. */
  void add(long pid, Job job, long nanos, Timeline.Outcome outcome) {
    Entry entry = new Entry(pid, job.work.name(), System.nanoTime() - nanos - origin, nanos, outcome);
    synchronized (entries) {
      if (entries.size() == Timeline.CAPACITY) {
        entries.removeFirst();
      }
      entries.addLast(entry);
    }
  }

  Timeline timeline() {
    List<Entry> taken;
    synchronized (entries) {
      taken = List.copyOf(entries);
    }
    return new Timeline(
        taken.stream()
            .map(
                each ->
                    new Timeline.Span(
                        each.pid,
                        each.task,
                        Duration.ofNanos(Math.max(0, each.begin)),
                        Duration.ofNanos(Math.max(0, each.nanos)),
                        each.outcome))
            .toList());
  }
}
