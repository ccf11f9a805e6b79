package dev.heddle.cli.live;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames from a flight recording. There may be several copies of Heddle in a program, each with looks of its own; the
 * latest look of each counts. Fields that a program of another version has not, or has in addition, do no harm.
 */
final class LiveFrameReader {
  static final String EVENT = "dev.heddle.Live";
  private static final int FORMAT = 1;

  /** The rows of one copy of Heddle, of its latest look. */
  private static final class Look {
    final long number;
    final String copy;
    final List<FrameRow> rows = new ArrayList<>();
    long omitted;
    boolean complete;

    Look(long number, String copy) {
      this.number = number;
      this.copy = copy;
    }
  }

  private LiveFrameReader() {}

  /**
   * Returns the latest frame of a recording; null if it has none.
   *
   * @throws TargetException if it is in a form that this version does not know
   */
  static @Nullable LiveFrame read(Path file) throws IOException, TargetException {
    List<RecordedEvent> events = new ArrayList<>();
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        if (event.getEventType().getName().equals(EVENT)) {
          events.add(event);
        }
      }
    }
    events.sort(Comparator.comparing(RecordedEvent::getStartTime)); // a file has them as the recorder's buffers were full
    Map<Long, Look> copies = new LinkedHashMap<>();
    for (RecordedEvent event : events) {
      add(event, copies);
    }
    return events.isEmpty() ? null : frame(events.getLast().getStartTime(), List.copyOf(copies.values()));
  }

  private static void add(RecordedEvent event, Map<Long, Look> copies) throws TargetException {
    long format = number(event, "format", 0);
    if (format > FORMAT) {
      throw new TargetException("the program uses a newer version of Heddle, whose view has the format " + format
          + "; this command knows " + FORMAT + ". Use the heddle command of that version");
    }
    long number = number(event, "look", 0);
    int known = copies.size();
    Look look = copies.compute(number(event, "copy", 0), (_, before) -> {
      if (before == null) {
        return new Look(number, known == 0 ? "" : known + ":");
      }
      return before.number >= number ? before : new Look(number, before.copy);
    });
    if (look.number > number) {
      return; // of an earlier look
    }
    FrameRow row = row(event, look.copy);
    if (row.is("end")) {
      look.complete = !row.state().equals("busy");
      look.omitted = row.figure("omitted");
    } else {
      look.rows.add(row);
    }
  }

  /** The identities of copies beside the first are made different from its own. */
  private static FrameRow row(RecordedEvent event, String copy) {
    String parent = text(event, "parent");
    return new FrameRow(text(event, "kind"), copy + text(event, "id"), parent.isEmpty() ? "" : copy + parent,
        text(event, "name"),
        text(event, "type"), text(event, "state"), number(event, "age", -1), figures(text(event, "figures")),
        text(event, "text"));
  }

  private static LiveFrame frame(Instant time, List<Look> looks) {
    return new LiveFrame(
        time.getEpochSecond() * 1_000_000_000 + time.getNano(),
        looks.stream().flatMap(look -> look.rows.stream()).toList(),
        looks.stream().mapToLong(look -> look.omitted).sum(),
        (int) looks.stream().filter(look -> !look.complete).count());
  }

  static Map<String, Long> figures(String text) {
    Map<String, Long> figures = new LinkedHashMap<>();
    for (String each : text.split(" ")) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        try {
          figures.put(each.substring(0, equals), Long.parseLong(each.substring(equals + 1)));
        } catch (NumberFormatException e) {
          // a figure of another version that is no whole number
        }
      }
    }
    return figures;
  }

  private static String text(RecordedEvent event, String field) {
    return event.hasField(field) && event.getValue(field) instanceof String text ? text : "";
  }

  private static long number(RecordedEvent event, String field, long otherwise) {
    return event.hasField(field) && event.getValue(field) instanceof Number number ? number.longValue() : otherwise;
  }
}
