package dev.heddle.cookbook;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** An execution mode for CPU-bound work in the recipes that compare them. */
public enum Way {
  /** Sequentially, in the calling thread. */
  ONE_BY_ONE,
  /** By as many threads as there are cores. */
  THREADS,
  /** By as many worker processes as there are cores. */
  PROCESSES;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Returns the number of workers for a number of inputs. */
  static int workers(int inputs) {
    return Math.min(Runtime.getRuntime().availableProcessors(), inputs);
  }

  /**
   * Prints the time that CPython takes in each mode.
   *
   * @param heddle the measured seconds of this program
   * @param script returns the Python script for a mode
   */
  static void compare(
      PrintStream out, Map<Way, Double> heddle, Function<Way, String> script, CPython.Clock python)
      throws InterruptedException {
    for (Map.Entry<Way, Double> each : heddle.entrySet()) {
      OptionalDouble seconds = python.seconds(script.apply(each.getKey()));
      if (seconds.isEmpty()) {
        out.println("CPython: no python3 on the PATH to measure against");
        return;
      }
      out.printf("CPython, %-10s %9.2f ms  %.0f times as long%n",
          each.getKey(), seconds.getAsDouble() * 1e3, seconds.getAsDouble() / each.getValue());
    }
  }
}
