package dev.heddle.iter.engine;

import dev.heddle.iter.GeneratorEngine;
import dev.heddle.iter.GeneratorException.WrongState;
import org.jspecify.annotations.Nullable;

/**
 * Watches the bodies of one call site that run on the fallback engine: refuses what would never end, and warns once of
 * bodies that are resumed often.
 *
 * <p>Thread-safe; the count is approximate when several threads resume bodies at the same time.
 */
final class Fallback {
  /** A switch of threads costs some microseconds, so by then some hundredths of a second have been lost. */
  private static final int OFTEN = 10_000;

  /** Set to false to turn the warning off. */
  private static final String WARN = "dev.heddle.iter.warnOfFallback";

  private static final System.Logger LOG = System.getLogger("dev.heddle.iter");

  private final String name;
  private final @Nullable Class<?> code;
  private final @Nullable GeneratorEngine engine;

  private int resumed;

  /**
   * Creates the watch of a call site.
   *
   * @param name the class of the bodies
   * @param code the class that holds their code; null if it is not known
   * @param engine why they run on the fallback engine; null if that was asked for
   */
  Fallback(String name, @Nullable Class<?> code, @Nullable GeneratorEngine engine) {
    this.name = name;
    this.code = code;
    this.engine = engine;
  }

  /** Refuses to start a body whose class this thread is initializing: the body's thread would wait for that for ever. */
  void beforeStart() {
    if (code != null && InitializerWatch.initializing().contains(code)) {
      throw new WrongState(
          "this body cannot be pulled in the static initializer of its own class " + code.getName()
              + ": it runs on another thread ("
              + reason() + "), which would wait until the class is initialized;"
              + " consume it as a whole, with toList for example, or pull it later");
    }
  }

  /** Returns a watch for a body that does not answer at once. */
  InitializerWatch watch() {
    return new InitializerWatch(code);
  }

  /** Returns the error of a body that waits for a class which its driver is initializing. */
  WrongState stuck(InitializerWatch watch) {
    return new WrongState(
        "this body does not go on: it was pulled in a static initializer " + watch.found()
            + ", on another thread ("
            + reason()
            + "), where it seems to wait until that class is initialized; its generator is closed, and if it goes on after"
            + " all it ends at its next yield; consume it as a whole, with toList for example, or pull it later");
  }

  /** Whether warnings are wanted. */
  static boolean warns() {
    return !"false".equals(System.getProperty(WARN));
  }

  /** Why bodies of the call site run on the fallback engine. */
  String reason() {
    return engine == null ? "as asked for" : engine.reason();
  }

  /** Counts a resumption, and warns when there were many. */
  void resumed() {
    if (++resumed == OFTEN && engine != null && warns()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the body {0} was resumed {1} times on a virtual thread, which costs microseconds each time, since {2};"
              + " Generator.engineOf(body) tells the same, docs/generators.md what can be compiled, and -D{3}=false turns this"
              + " warning off",
          name, OFTEN, engine.reason(), WARN);
    }
  }
}
