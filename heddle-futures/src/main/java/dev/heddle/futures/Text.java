package dev.heddle.futures;

import java.time.Duration;

/** How values are written in messages. */
final class Text {
  private Text() {}

  /** A duration as a person would say it: {@code 250 ms}, {@code 7 s}, {@code 2 min 5 s}. */
  static String of(Duration duration) {
    long seconds = duration.toSeconds();
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      double millis = duration.toNanos() / 1e6;
      return millis == Math.rint(millis) ? (long) millis + " ms" : millis + " ms";
    }
    if (seconds >= 60) {
      return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }
    double exact = seconds + duration.toNanosPart() / 1e9;
    return exact == Math.rint(exact) ? seconds + " s" : exact + " s";
  }

  /** An exception as it describes itself, or its class if even that throws: messages about a failure must not fail. */
  static String of(Throwable failure) {
    try {
      return failure.toString();
    } catch (Throwable e) {
      return failure.getClass().getName();
    }
  }
}
