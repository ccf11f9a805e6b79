package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stack traces of what bodies throw show the bodies that delegate, and the caller, as if all were on one stack. */
@Timeout(60)
@SuppressWarnings("NullAway") // exceptions that are thrown
class TraceTest {

  private static void helper() {
    throw new IllegalStateException("inner failed");
  }

  private static Generator<Integer> inner() {
    return Generator.of(
        y -> {
          y.yield(1);
          helper();
        });
  }

  private static Generator<Integer> middle() {
    return Generator.of(y -> y.yieldFrom(inner()));
  }

  private static Generator<Integer> outer() {
    return Generator.of(
        y -> {
          y.yield(0);
          y.yieldFrom(middle());
        });
  }

  private static void drive(Generator<Integer> generator) {
    for (int each : generator) {
      assertThat(each).isBetween(0, 1);
    }
  }

  /** The lines of the trace that are in this class, as the methods' names or "body". */
  private static List<String> frames(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .filter(each -> each.getClassName().startsWith(TraceTest.class.getName())
            && !each.getMethodName().matches("lambda.*|next|hasNext"))
        .map(each -> each.getMethodName().equals("resume") ? "body" : each.getMethodName())
        .toList();
  }

  @Test
  void compiled_showsTheBodiesThatDelegate() {
    Throwable thrown = catchThrowable(() -> drive(outer()));
    assertThat(frames(thrown)).startsWith("helper", "body", "body", "body", "drive");
    List<Integer> lines = Arrays.stream(thrown.getStackTrace())
        .filter(each -> each.getMethodName().equals("resume") && "TraceTest.java".equals(each.getFileName()))
        .map(StackTraceElement::getLineNumber)
        .toList();
    List<Integer> pushed = Arrays.stream(catchThrowable(() -> outer().toList()).getStackTrace())
        .filter(each -> each.getMethodName().startsWith("lambda$") && each.getClassName().equals(TraceTest.class.getName()))
        .map(StackTraceElement::getLineNumber)
        .limit(3)
        .toList();
    assertThat(lines).as("as on one stack").isEqualTo(pushed);
  }

  @Test
  void compiled_rethrownLater_isNotExtendedTwice() {
    Generator<Integer> root = Generator.of(
        y -> y.yieldFrom(
            Generator.<Integer>of(
                z -> {
                  try {
                    z.yieldFrom(inner());
                  } catch (IllegalStateException e) {
                    z.yield(1);
                    throw e;
                  }
                })));
    assertThat(frames(catchThrowable(() -> drive(root)))).startsWith("helper", "body", "body", "body", "drive");
  }

  @Test
  void raised_keepsItsOwnTrace() {
    Coroutine<Integer, Object, Object> outer = Coroutine.of(
        y -> y.yieldFrom(Coroutine.<Integer, Object, Object>of(z -> z.yield(1))));
    outer.next();
    IllegalStateException own = new IllegalStateException("raised");
    StackTraceElement[] before = own.getStackTrace();
    assertThat(catchThrowable(() -> outer.raise(own))).isSameAs(own);
    assertThat(own.getStackTrace()).isEqualTo(before);
  }

  @Test
  void withoutATrace_passes() {
    IllegalStateException bare = new IllegalStateException("bare") {
      private static final long serialVersionUID = 1;

      @Override
      public Throwable fillInStackTrace() {
        return this;
      }
    };
    Generator<Integer> leaf = Generator.of(
        y -> {
          y.yield(1);
          throw bare;
        });
    Generator<Integer> root = Generator.of(y -> y.yieldFrom(leaf));
    assertThat(catchThrowable(() -> drive(root))).isSameAs(bare);
  }

  @Test
  void fallback_showsTheCaller() {
    Generator<Integer> generator = Generator.of(
        y -> {
          IntConsumer yields = y::yield;
          yields.accept(1);
          helper();
        });
    assertThat(frames(catchThrowable(() -> drive(generator)))).startsWith("helper", "drive", "fallback_showsTheCaller");
  }

  /** What a logger finds out about its caller in a body: its machine, whose name begins with that of the class of the body. */
  @Test
  void caller_inABody_isNestedInItsClass() {
    List<String> callers = new ArrayList<>();
    Logger logger = Logger.getAnonymousLogger();
    logger.setFilter(entry -> {
      callers.add(entry.getSourceClassName() + "." + entry.getSourceMethodName());
      return false;
    });
    Generator<Integer> generator = Generator.of(
        y -> {
          logger.log(Level.INFO, "in the body");
          callers.add(StackWalker.getInstance().walk(frames -> frames.findFirst().orElseThrow().getClassName()));
          y.yield(1);
        });
    assertThat(generator.next()).isEqualTo(1);
    assertThat(callers.getLast()).matches(Pattern.quote(TraceTest.class.getName()) + "\\$\\$Generator\\d+");
    assertThat(callers.getFirst()).isEqualTo(callers.getLast() + ".resume");
  }

  @Test
  void tee_whoseSourceAsksABranch_isRefused() {
    List<Iter<Integer>> branches = new ArrayList<>();
    branches.addAll(Itertools.tee(Itertools.range(5).map(n -> n == 0 ? branches.get(1).next() : n), 2));
    assertThat(catchThrowable(() -> branches.get(0).toList()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("concurrentTee");
  }
}
