package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bodies that are knowingly not compiled: they run on the fallback engine, which does what they say. */
@Timeout(60)
class FallbackTest {
  private static final Object LOCK = new Object();

  @Test
  void yieldUnderALock_fallsBack() {
    assertThat(
        EngineChoice.fallen(
            y -> {
              synchronized (LOCK) {
                y.yield(1);
              }
              y.yield(2);
            },
            "synchronized"))
        .containsExactly(1, 2);
  }

  private static void helper(Yielder<Object> y, int n) {
    if (n > 0) {
      y.yield(n);
      helper(y, n - 1);
    }
  }

  @Test
  void escapingYielder_fallsBack() {
    assertThat(EngineChoice.fallen(y -> helper(y, 3), "passed to FallbackTest.helper")).containsExactly(3, 2, 1);
    assertThat(EngineChoice.fallen(y -> List.of(1, 2).forEach(y::yield), "captured by a lambda")).containsExactly(1, 2);
    assertThat(
        EngineChoice.fallen(
            y -> {
              Consumer<Object> each = o -> y.yield(o);
              each.accept("in a lambda");
            },
            "captured by a lambda"))
        .containsExactly("in a lambda");
  }

  @Test
  void yielderOfAnother_isNotMistakenForTheOwn() {
    List<Object> seen = EngineChoice.fallen(
        outer -> {
          Generator<Object> inner = Generator.of(
              y -> {
                y.yield("inner");
                outer.yield("through");
                y.yield("again");
              });
          for (Object each : inner) {
            outer.yield("got " + each);
          }
        },
        "captured by a lambda");
    assertThat(seen).containsExactly("got inner", "through", "got again");
  }

  @Test
  void yielderUsedOutside_isAnError() {
    List<Yielder<Object>> kept = new ArrayList<>();
    List<Object> seen = EngineChoice.fallen(
        y -> {
          kept.add(y);
          y.yield(1);
        },
        "passed to List.add");
    assertThat(seen).containsExactly(1);
    assertThatThrownBy(() -> kept.getFirst().yield(2))
        .isInstanceOf(GeneratorException.WrongState.class)
        .hasMessageContaining("only the body itself may yield");
  }

  @Test
  void hugeBody_fallsBack() throws Exception {
    StringBuilder source = new StringBuilder(
        "import dev.heddle.iter.*; public class Huge implements java.util.function.Supplier<Object> {")
        .append("public Object get() { return (GeneratorBody<Object>) y -> { long n = 0;");
    for (int i = 0; i < 1400; i++) {
      source.append("n += ").append(i).append("L; y.yield(n); y.yield(n + \"\");");
    }
    source.append("}; } }");
    Class<?> type = dev.heddle.iter.fuzz.FuzzCompiler.compile("Huge", source.toString());
    @SuppressWarnings("unchecked") // the source says so
    GeneratorBody<Object> body = (GeneratorBody<Object>) ((Supplier<?>) type.getDeclaredConstructor().newInstance()).get();
    assertThat(EngineChoice.fallen(body, "cannot be written")).hasSize(2800);
  }

  @Test
  void choiceOfTheEngine_isLoggedOnce() {
    java.util.logging.Logger logger = java.util.logging.Logger.getLogger("dev.heddle.iter");
    List<String> logged = new ArrayList<>();
    java.util.logging.Handler handler = new java.util.logging.Handler() {
      @Override
      public void publish(java.util.logging.LogRecord record) {
        logged.add(record.getLevel() + " " + record.getParameters()[1]);
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
    logger.setLevel(java.util.logging.Level.FINE);
    logger.addHandler(handler);
    try {
      GeneratorBody<Object> body = y -> {
        synchronized (LOCK) {
          y.yield(1);
        }
      };
      Generator.of(body).toList();
      Generator.of(body).toList();
    } finally {
      logger.removeHandler(handler);
      logger.setLevel(null);
    }
    assertThat(logged).containsExactly("FINE VIRTUAL_THREAD: it yields inside a synchronized block");
  }
}
