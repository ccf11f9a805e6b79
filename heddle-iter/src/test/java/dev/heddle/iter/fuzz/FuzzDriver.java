package dev.heddle.iter.fuzz;

import dev.heddle.iter.Coroutine;
import dev.heddle.iter.EngineAccess;
import dev.heddle.iter.GeneratorState;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Drives a coroutine at random and logs what comes out; the same seed asks the same. */
final class FuzzDriver {
  private static final int STEPS = 50;
  private static final int MANY = 10_000;

  /** In the log: the body goes on yielding and would not end. */
  static final String ENDLESS = "endless";

  private FuzzDriver() {}

  static void drive(Coroutine<Object, Object, Object> coroutine, List<String> log, long seed) {
    Random random = new Random(seed ^ 0x5DEECE66DL);
    boolean gentle = random.nextInt(3) > 0; // else most bodies would end at the first exception raised
    for (int step = 0; step < STEPS && coroutine.state() != GeneratorState.CLOSED; step++) {
      int choice = random.nextInt(gentle ? 90 : 100);
      Object value = value(random);
      attempt(
          log,
          () -> {
            if (choice < 40) {
              return "next " + coroutine.next();
            } else if (choice < 82) {
              return "send " + coroutine.send(value);
            } else if (choice < 90) {
              return "hasNext " + coroutine.hasNext();
            } else if (choice < 98) {
              return "raise " + coroutine.raise(exception(random));
            }
            coroutine.close();
            return "close";
          });
      log.add("state " + coroutine.state());
    }
    for (int i = 0; i < 5 && coroutine.state() != GeneratorState.CLOSED; i++) {
      attempt(
          log,
          () -> {
            coroutine.close();
            return "closed";
          });
    }
    attempt(log, () -> "result " + text(coroutine.result()));
  }

  /** Takes all elements one by one, and logs them among what the body logs. */
  static void pull(Coroutine<Object, Object, Object> coroutine, List<String> log) {
    attempt(
        log,
        () -> {
          for (int i = 0; coroutine.hasNext(); i++) {
            if (i == MANY) {
              return ENDLESS;
            }
            log.add("element " + coroutine.next());
          }
          return "result " + text(coroutine.result());
        });
  }

  /** Takes all elements at once; logs the same as {@link #pull}. */
  static void push(Coroutine<Object, Object, Object> coroutine, List<String> log) {
    attempt(
        log,
        () -> {
          EngineAccess.push(coroutine, e -> log.add("element " + e));
          return "result " + text(coroutine.result());
        });
  }

  /** Pulls in a loop that closes the coroutine, and fails at one element; logs what the body does then. */
  static void pullAndFail(Coroutine<Object, Object, Object> coroutine, List<String> log, int at) {
    attempt(
        log,
        () -> {
          try (coroutine) {
            for (int i = 0; coroutine.hasNext(); i++) {
              failing(log, coroutine.next(), i == at);
            }
          }
          return "result " + text(coroutine.result());
        });
  }

  /** The same in push mode. */
  static void pushAndFail(Coroutine<Object, Object, Object> coroutine, List<String> log, int at) {
    int[] count = new int[1];
    attempt(
        log,
        () -> {
          EngineAccess.push(coroutine, e -> failing(log, e, count[0]++ == at));
          return "result " + text(coroutine.result());
        });
  }

  private static void failing(List<String> log, Object element, boolean here) {
    log.add("element " + element);
    if (here) {
      throw new IllegalStateException("consumer");
    }
  }

  private interface Step {
    String run() throws Throwable;
  }

  private static void attempt(List<String> log, Step step) {
    try {
      log.add(step.run());
    } catch (Throwable t) {
      log.add("threw " + describe(t));
    }
  }

  /** Messages of the virtual machine's own exceptions tell of local variables, which differ between the engines. */
  private static String describe(Throwable t) {
    boolean own = t instanceof NullPointerException || t instanceof ClassCastException || t instanceof VirtualMachineError;
    StringBuilder text = new StringBuilder(t.getClass().getName());
    if (!own) {
      text.append(": ").append(t.getMessage());
    }
    for (Throwable suppressed : t.getSuppressed()) {
      text.append(" suppressed ").append(describe(suppressed));
    }
    return text.toString().replaceAll("@[0-9a-f]+", "@");
  }

  static String text(@Nullable Object value) {
    return value instanceof int[] array ? java.util.Arrays.toString(array) : String.valueOf(value);
  }

  private static @Nullable Object value(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> null;
      case 1 -> "s" + random.nextInt(9);
      case 2 -> (long) random.nextInt(99);
      default -> random.nextInt(12);
    };
  }

  private static Throwable exception(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new IllegalStateException("raised");
      case 1 -> new IllegalArgumentException("raised");
      case 2 -> new java.io.IOException("raised");
      default -> new Error("raised");
    };
  }
}
