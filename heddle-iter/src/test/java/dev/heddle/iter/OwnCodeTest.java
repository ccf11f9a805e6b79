package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kotlin.jvm.internal.Intrinsics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is pulled is what a call of the body's method runs: default methods around it, and the methods of other receivers. */
@Timeout(60)
@SuppressWarnings({"NullAway"}) // messages of exceptions that have one
class OwnCodeTest {

  private static <T> List<T> pulled(GeneratorBody<T> body) {
    List<T> all = new ArrayList<>();
    for (T each : Generator.of(body)) {
      all.add(each);
    }
    return all;
  }

  private static <T> void assertGives(GeneratorBody<T> body, List<T> expected) {
    assertThat(pulled(body)).as("pulled").isEqualTo(expected);
    assertThat(Generator.of(body).toList()).as("pushed").isEqualTo(expected);
    assertThat(Iter.<T>from(BodyKind.GENERATOR.<T, Object, Object>startThread(body)).limit(9).toList())
        .as("on a thread").isEqualTo(expected);
  }

  private static String engineOf(GeneratorBody<?> body) {
    return Generator.engineOf(body).toString();
  }

  private interface Framed extends GeneratorBody<String> {
    void go(Yielder<String> y) throws Exception;

    @Override
    default void run(Yielder<String> y) throws Exception {
      y.yield("before");
      go(y);
      y.yield("after");
    }
  }

  @Test
  void lambda_behindADefaultMethod_keepsTheDefaultMethod() {
    Framed framed = y -> y.yield("mid");
    assertGives(framed, List.of("before", "mid", "after"));
    assertThat(engineOf(framed)).startsWith("VIRTUAL_THREAD").contains("passed to OwnCodeTest$Framed.go");
  }

  private static final class Twice implements Framed {
    private static final long serialVersionUID = 1;

    @Override
    public void go(Yielder<String> y) {
      y.yield("mid");
    }
  }

  @Test
  void object_withAnInheritedDefaultMethod_keepsTheDefaultMethod() {
    assertGives(new Twice(), List.of("before", "mid", "after"));
  }

  /** Several defaults, the nearest of which overrides. */
  private interface Louder extends Framed {
    @Override
    default void run(Yielder<String> y) throws Exception {
      y.yield("BEFORE");
    }
  }

  @Test
  void lambda_behindTwoDefaultMethods_runsTheNearest() {
    Louder louder = y -> y.yield("mid");
    assertGives(louder, List.of("BEFORE"));
    assertThat(engineOf(louder)).startsWith("COMPILED");
  }

  /** An overload that takes more before the yielder. */
  private interface Numbered extends GeneratorBody<Integer> {
    void run(int first, Yielder<Integer> y);

    @Override
    default void run(Yielder<Integer> y) {
      run(7, y);
    }
  }

  @Test
  void lambda_withALeadingArgument_runsWhatTheDefaultMethodPasses() {
    Numbered numbered = (first, y) -> y.yield(first);
    assertGives(numbered, List.of(7));
    assertThat(engineOf(numbered)).startsWith("VIRTUAL_THREAD").contains("passed to OwnCodeTest$Numbered.run");
  }

  private interface Given {
    default void go(Yielder<String> y) {
      y.yield("given");
    }
  }

  private static final class Plain implements Given {}

  private static final class Other implements Given {
    @Override
    public void go(Yielder<String> y) {
      y.yield("other");
    }
  }

  private static GeneratorBody<String> reference(Given given) {
    return given::go;
  }

  @Test
  void reference_toADefaultMethod_isCompiledForEachReceiver() {
    assertGives(reference(new Plain()), List.of("given"));
    assertGives(reference(new Other()), List.of("other"));
    assertThat(engineOf(reference(new Plain()))).startsWith("COMPILED");
  }

  private static final class Locked implements Given {
    @Override
    public synchronized void go(Yielder<String> y) {
      y.yield("locked");
    }
  }

  @Test
  void engineOf_reference_isThatOfItsReceiver() {
    assertThat(engineOf(reference(new Plain()))).startsWith("COMPILED");
    assertThat(engineOf(reference(new Locked()))).startsWith("VIRTUAL_THREAD").contains("synchronized");
    assertGives(reference(new Locked()), List.of("locked"));
  }

  private static int five(Yielder<Integer> y) {
    y.yield(1);
    return 5;
  }

  private static long six(Yielder<Integer> y) {
    y.yield(1);
    return 6;
  }

  @Test
  void reference_withAResult_givesNoneToAGenerator() {
    for (GeneratorBody<Integer> body : List.<GeneratorBody<Integer>>of(OwnCodeTest::five, OwnCodeTest::six)) {
      Generator<Integer> generator = Generator.of(body);
      generator.next();
      assertThat(Generator.engineOf(body).kind()).isEqualTo(GeneratorEngine.Kind.COMPILED);
      try {
        generator.next();
      } catch (StopIteration end) {
        assertThat(end.result()).isNull();
      }
      assertThat(generator.state()).isEqualTo(GeneratorState.CLOSED);
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void proxy_runsAndSaysWhatItIs() {
    GeneratorBody<String> real = y -> y.yield("real");
    GeneratorBody<String> proxy = (GeneratorBody<String>) Proxy.newProxyInstance(
        OwnCodeTest.class.getClassLoader(),
        new Class<?>[]{GeneratorBody.class, Serializable.class},
        (self, method, arguments) -> method.invoke(real, arguments));
    assertGives(proxy, List.of("real"));
    assertThat(engineOf(proxy)).startsWith("VIRTUAL_THREAD").contains("dynamic proxy");
  }

  /** Pulls in its own initializer what needs its class to be initialized, on another thread. */
  private static final class Table {
    static final List<Integer> PUSHED = Generator.<Integer>of(y -> List.of(1, 2).forEach(y::yield)).toList();
    static String error = "";

    static {
      try {
        Generator.<Integer>of(y -> List.of(1, 2).forEach(y::yield)).next();
      } catch (GeneratorException.WrongState e) {
        error = e.getMessage();
      }
    }
  }

  @Test
  void pull_inTheStaticInitializerOfItsClass_isAnErrorAndNotAHang() {
    assertThat(Table.PUSHED).containsExactly(1, 2);
    assertThat(Table.error).contains("static initializer").contains("Table");
  }

  @Test
  void nullChecksOfTheYielder_areCompiled() {
    GeneratorBody<Integer> required = y -> {
      Objects.requireNonNull(y);
      y.yield(1);
      Objects.requireNonNull(y, "y");
      y.yield(2);
    };
    assertGives(required, List.of(1, 2));
    assertThat(engineOf(required)).startsWith("COMPILED");
    GeneratorBody<Integer> kotlin = y -> {
      Intrinsics.checkNotNullParameter(y, "y");
      y.yield(1);
    };
    assertGives(kotlin, List.of(1));
    assertThat(engineOf(kotlin)).startsWith("COMPILED");
  }
}
