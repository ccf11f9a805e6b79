package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import dev.heddle.iter.Iter;
import java.io.PrintStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Five tasks that sleep, each a little longer, on three workers. */
final class E27Loiter extends Recipe {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("'['HH:mm:ss.SSS']'");

  /** The work of a task. */
  interface Nap {
    void sleep(int n) throws InterruptedException;
  }

  private final Nap nap;

  E27Loiter() {
    this(n -> Thread.sleep(200L * n));
  }

  E27Loiter(Nap nap) {
    super(
        "Executor.map with three workers and five naps",
        """
            map returns immediately, and three tasks start; the output of each is indented by its number.
            The results arrive in the order of the calls: next() waits for the next one in that order.""");
    this.nap = nap;
  }

  @Override
  public void run(PrintStream out) {
    display(out, "Script starting.");
    try (Executor executor = ThreadPool.of(3);
        Iter<Integer> results = executor.map(n -> loiter(n, out), List.of(0, 1, 2, 3, 4))) {
      display(out, "map has returned. Waiting for individual results:");
      int i = 0;
      for (int result : results) {
        display(out, "result " + i++ + ": " + result);
      }
    }
  }

  private int loiter(int n, PrintStream out) throws InterruptedException {
    display(out, "\t".repeat(n) + "loiter(" + n + "): doing nothing for " + n + " naps...");
    nap.sleep(n);
    display(out, "\t".repeat(n) + "loiter(" + n + "): done.");
    return n * 10;
  }

  private static void display(PrintStream out, String text) {
    out.println(LocalTime.now(ZoneId.systemDefault()).format(CLOCK) + " " + text);
  }
}
