package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.heddle.iter.fuzz.FuzzCompiler;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a program is told of the engine of a body. */
@Timeout(60)
@SuppressWarnings({"NullAway", "UnnecessaryMethodReference"}) // messages of exceptions that have one; references are tested
class EngineToldTest {
  private static final ScopedValue<String> USER = ScopedValue.newInstance();

  @Test
  void engineOf_andIterable_takeALookup() {
    GeneratorBody<Integer> body = y -> y.yield(1);
    assertThat(Generator.engineOf(MethodHandles.lookup(), body).kind()).isEqualTo(GeneratorEngine.Kind.COMPILED);
    Iterable<Integer> often = Generator.iterable(MethodHandles.lookup(), body);
    assertThat(often).containsExactly(1);
    assertThat(often.iterator().next()).as("once more").isEqualTo(1);
    CoroutineBody<Integer, Object, String> other = y -> "end " + y.yield(1);
    assertThat(Coroutine.engineOf(MethodHandles.lookup(), other).kind()).isEqualTo(GeneratorEngine.Kind.COMPILED);
    assertThatThrownBy(() -> Generator.engineOf(null, body)).hasMessageContaining("host must not be null");
    assertThatThrownBy(() -> Generator.iterable(null, body)).hasMessageContaining("host must not be null");
    assertThatThrownBy(() -> Coroutine.engineOf(null, other)).hasMessageContaining("host must not be null");
  }

  /** A body with so many yields that keep some variables. */
  @SuppressWarnings("unchecked") // the source says so
  private static GeneratorBody<Object> longBody(String name, int yields) throws ReflectiveOperationException {
    String code = IntStream.range(0, yields)
        .mapToObj(i -> "try { a += " + i + "; y.yield(a); } catch (IllegalStateException e) { b += a; y.yield(b); }")
        .collect(Collectors.joining("\n"));
    String source = "import dev.heddle.iter.*; public class " + name + " implements java.util.function.Supplier<Object> {"
        + " public Object get() { return (GeneratorBody<Object>) y -> { long a = 0, b = 1;\n" + code + "\n}; } }";
    return (GeneratorBody<Object>) ((Supplier<Object>) FuzzCompiler.compile(name, source).getDeclaredConstructor()
        .newInstance()).get();
  }

  @Test
  void engineOf_aBodyTooLongForTheJit_saysSo() throws ReflectiveOperationException {
    GeneratorBody<Object> body = longBody("Long", 300);
    GeneratorEngine engine = Generator.engineOf(body);
    assertThat(engine.kind()).isEqualTo(GeneratorEngine.Kind.COMPILED);
    assertThat(engine.reason()).contains("8,000").contains("yieldFrom");
    assertThat(Generator.of(body).limit(3).toList()).isEqualTo(List.of(0L, 1L, 3L));
    GeneratorBody<Object> reference = body::run;
    assertThat(Generator.engineOf(reference).reason()).as("by a method reference").isEqualTo(engine.reason());
    assertThat(Generator.engineOf(longBody("Short", 20)).reason()).doesNotContain("8,000");
  }

  @Test
  void scopedValue_onTheFallback_isAnErrorThatNamesTheRemedy() {
    Generator<String> generator = Generator.of(
        y -> {
          Consumer<String> yields = y::yield;
          yields.accept(USER.get());
        });
    ScopedValue.where(USER, "ada").run(
        () -> assertThatThrownBy(generator::next)
            .isInstanceOf(GeneratorException.EscapedStopIteration.class)
            .hasMessageContaining("ScopedValue")
            .hasMessageContaining("let the body capture it"));
    Generator<String> whole = Generator.of(
        y -> {
          Consumer<String> yields = y::yield;
          yields.accept(USER.get());
        });
    assertThat(ScopedValue.where(USER, "ada").call(whole::toList)).containsExactly("ada");
    Generator<String> compiled = Generator.of(y -> y.yield(USER.get()));
    assertThat(ScopedValue.where(USER, "ada").call(compiled::next)).isEqualTo("ada");
  }

  @Test
  void scopedValue_ofACompiledBody_isThatOfTheCallerThatAsks() {
    Generator<String> generator = Generator.of(
        y -> {
          y.yield(USER.get());
          y.yield(USER.isBound() ? USER.get() : "none");
          y.yield(USER.orElse("other"));
        });
    assertThat(ScopedValue.where(USER, "ada").call(generator::next)).isEqualTo("ada");
    assertThat(generator.next()).as("outside of the binding").isEqualTo("none");
    assertThat(ScopedValue.where(USER, "bob").call(generator::next)).isEqualTo("bob");
  }

  @Test
  void scopedValue_thatTheBodyBinds_staysBoundOverItsYields() {
    GeneratorBody<String> body = y -> {
      ScopedValue.where(USER, "own").run(
          () -> {
            y.yield(USER.get());
            y.yield(USER.get());
          });
      y.yield(USER.orElse("none"));
    };
    Generator<String> pulled = Generator.of(body);
    assertThat(pulled.next()).isEqualTo("own");
    assertThat(USER.isBound()).as("for the consumer between two elements").isFalse();
    assertThat(List.of(pulled.next(), pulled.next())).containsExactly("own", "none");
    assertThat(Generator.of(body).toList()).as("pushed").containsExactly("own", "own", "none");
  }

  @Test
  void scopedValue_thatIsNotBoundAnywhere_isNotBlamedOnAThreadInPushMode() {
    GeneratorBody<String> body = y -> {
      Consumer<String> yields = y::yield;
      yields.accept(USER.get());
    };
    assertThatThrownBy(() -> Generator.of(body).toList())
        .as("on the caller's own thread")
        .isInstanceOf(GeneratorException.EscapedStopIteration.class)
        .hasMessageNotContaining("virtual thread")
        .hasCauseInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> Generator.of(body).next()).hasMessageContaining("virtual thread");
  }

  @Test
  void scopedValue_thatTheCallerLacks_isNotBlamedOnTheBodysThreadWhenItIsRaised() {
    Generator<String> generator = Generator.of(
        y -> {
          Consumer<String> yields = y::yield;
          yields.accept("first");
        });
    assertThat(generator.next()).isEqualTo("first");
    NoSuchElementException callers = catchThrowableOfType(NoSuchElementException.class, USER::get);
    assertThatThrownBy(() -> ((Coroutine<?, ?, ?>) generator).raise(callers))
        .isInstanceOf(GeneratorException.EscapedStopIteration.class)
        .hasMessageNotContaining("virtual thread")
        .hasCause(callers);
  }
}
