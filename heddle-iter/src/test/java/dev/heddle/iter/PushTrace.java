package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.sinks.Sinks;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** The traces of a scenario that is run pulled and pushed, which must be the same. */
final class PushTrace {
  private PushTrace() {}

  /** Runs a scenario pulled and pushed; returns the trace, which must be the same: what it logs, elements, and the end. */
  static List<String> trace(Function<List<String>, Generator<?>> scenario) {
    List<String> pulled = new ArrayList<>();
    List<String> pushed = new ArrayList<>();
    Generator<?> first = scenario.apply(pulled);
    run(first, pulled, () -> pull(first, pulled));
    Generator<?> second = scenario.apply(pushed);
    run(second, pushed, () -> Sinks.drain(second, e -> pushed.add("element " + e)));
    assertThat(pushed).isEqualTo(pulled);
    return pulled;
  }

  private static void pull(Iterator<?> elements, List<String> log) {
    while (elements.hasNext()) {
      log.add("element " + elements.next());
    }
  }

  private static void run(Generator<?> generator, List<String> log, Runnable drive) {
    try {
      drive.run();
    } catch (Throwable t) {
      log.add("threw " + t + " because of " + t.getCause());
    }
    log.add(generator.state() + " " + generator.delegate() + " " + generator.hasNext());
    generator.close();
  }

  /** Runs a scenario pulled by a loop that closes it, and pushed; both consumers fail at the given element. */
  static List<String> traceFailing(int at, Function<List<String>, Generator<?>> scenario) {
    List<String> pulled = new ArrayList<>();
    List<String> pushed = new ArrayList<>();
    Generator<?> first = scenario.apply(pulled);
    run(
        first,
        pulled,
        () -> {
          try (first) {
            while (first.hasNext()) {
              fail(at, pulled, first.next());
            }
          }
        });
    Generator<?> second = scenario.apply(pushed);
    run(second, pushed, () -> Sinks.drain(second, e -> fail(at, pushed, e)));
    assertThat(pushed).isEqualTo(pulled);
    return pulled;
  }

  private static void fail(int at, List<String> log, Object element) {
    log.add("element " + element);
    if (element.equals(at)) {
      throw new IllegalStateException("consumer");
    }
  }
}
