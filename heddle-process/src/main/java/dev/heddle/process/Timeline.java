package dev.heddle.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Which worker ran what when. Immutable; a snapshot.
 *
 * @param spans the tasks, in the order in which they ended
 */
public record Timeline(List<Span> spans) {
  /** How many tasks a pool remembers. */
  public static final int CAPACITY = 4_096;

  /** Takes a copy. */
  public Timeline {
    spans = List.copyOf(spans);
  }

  /**
   * One attempt at a task.
   *
   * @param pid the worker's process id
   * @param task the task's name
   * @param begin when it began, counted from when the pool was made
   * @param length how long it ran in the worker
   * @param outcome what became of it
   */
  public record Span(long pid, String task, Duration begin, Duration length, Outcome outcome) {}

  /** What became of an attempt. */
  public enum Outcome {
    /** It returned. */
    RETURNED,
    /** It threw. */
    FAILED,
    /** Its worker ended. */
    CRASHED
  }

  /** Writes it in the trace-event format, which {@code chrome://tracing} and Perfetto show. */
  public void save(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[");
      String separator = "\n";
      for (Span each : spans) {
        out.write(separator);
        separator = ",\n";
        out.write(
            "{\"ph\":\"X\",\"cat\":\"task\",\"name\":" + quoted(each.task)
                + ",\"pid\":" + ProcessHandle.current().pid() + ",\"tid\":" + each.pid
                + ",\"ts\":" + each.begin.toNanos() / 1e3 + ",\"dur\":" + each.length.toNanos() / 1e3
                + ",\"args\":{\"outcome\":\"" + each.outcome + "\"}}");
      }
      out.write("\n]}\n");
    }
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        default -> {
          if (c < ' ') {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append('"').toString();
  }
}
