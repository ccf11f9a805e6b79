package dev.heddle.benchmarks.asyncio;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopOptions;
import dev.heddle.asyncio.TaskGroup;
import dev.heddle.benchmarks.measure.Area;
import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.benchmarks.measure.Pairs;
import dev.heddle.cookbook.CPython;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The event loop beside Kotlin's coroutines and CPython's asyncio. */
public final class AsyncioArea implements Area {
  private static final String AREA = "asyncio";
  private static final int SLEEPERS = 1_000_000;
  private static final Duration NAP = Duration.ofSeconds(2);

  private static final String SWITCHES_IN_PYTHON = """
      import asyncio, time
      async def turns():
          for _ in range(50000):
              await asyncio.sleep(0)
      async def main():
          start = time.perf_counter()
          await asyncio.gather(turns(), turns())
          print((time.perf_counter() - start) / 100000)
      asyncio.run(main())
      """;

  @Override
  public List<Figure> measure(PrintStream out) throws Exception {
    Pairs pairs = new Pairs(out, AREA, Pairs.Effort.THOROUGH);
    List<Figure> rows = new ArrayList<>();
    Figure switched = pairs.time("switch between two tasks", EventLoops.class, "switches", "switchesKotlin",
        "Kotlin yield()");
    rows.add(switched);
    double python = CPython.seconds(SWITCHES_IN_PYTHON).orElse(Double.NaN) * 1e9;
    rows.add(Figure.of(AREA, switched.name(), switched.heddle(), python, "CPython asyncio", switched.unit()));
    rows.add(pairs.time("item through a queue of 1", EventLoops.class, "queue", "queueKotlin", "Kotlin Channel(1)"));
    rows.add(sleepers(out));
    rows.addAll(naps(out));
    Echoes echoes = new Echoes(out);
    rows.addAll(echoes.plain());
    rows.addAll(echoes.tls());
    rows.add(echoes.flooded());
    return rows;
  }

  /** The heap that a sleeping task holds, with its coroutine. */
  static Figure sleepers(PrintStream out) {
    out.println(AREA + ": heap of a sleeping task");
    double own = bytesEach(probe -> ownSleepers(SLEEPERS, probe));
    double kotlin = bytesEach(probe -> KotlinCoroutines.sleepers(SLEEPERS, probe));
    return Figure.of(AREA, "heap of a sleeping task", own, kotlin, "Kotlin delay()", "B");
  }

  /** Runs a probe while that many tasks sleep. */
  static void ownSleepers(int count, Runnable probe) {
    EventLoop.run(
        LoopOptions.defaults().withProblems(_ -> {}), // which would tell of every task left over
        a -> {
          for (int i = 0; i < count; i++) {
            Asyncio.createTask(nap(Duration.ofMinutes(10)));
          }
          a.await(Asyncio.yieldNow());
          a.await(Asyncio.yieldNow());
          probe.run();
          return count;
        });
  }

  private static Async<@Nullable Void> nap(Duration time) {
    return Async.action(a -> a.await(Asyncio.sleep(time)));
  }

  private static double bytesEach(Consumer<Runnable> sleepers) {
    long before = usedHeap();
    double[] during = new double[1];
    sleepers.accept(() -> during[0] = usedHeap());
    return (during[0] - before) / SLEEPERS;
  }

  @SuppressWarnings("SystemGc") // to see what is reachable
  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** The wall time of a million tasks that sleep for two seconds each, beside a peer's and the least possible. */
  private static List<Figure> naps(PrintStream out) {
    out.println(AREA + ": a million naps of 2 s");
    double own = seconds(AsyncioArea::ownNaps);
    double kotlin = seconds(() -> KotlinCoroutines.naps(SLEEPERS, NAP.toMillis()));
    String name = "a million naps of 2 s";
    return List.of(
        Figure.of(AREA, name, own, kotlin, "Kotlin delay()", "s"),
        Figure.of(AREA, name, own, (double) NAP.toSeconds(), "no time between", "s"));
  }

  private static void ownNaps() {
    EventLoop.run(
        a -> {
          TaskGroup group = TaskGroup.create();
          return a.await(
              group.run(
                  _ -> {
                    for (int i = 0; i < SLEEPERS; i++) {
                      group.createTask(nap(NAP));
                    }
                    return SLEEPERS;
                  }));
        });
  }

  private static double seconds(Runnable work) {
    work.run(); // for the compiler
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
