package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Runs bodies, having checked which engine they are run on. */
final class EngineChoice {
  private EngineChoice() {}

  static <T> List<T> compiled(GeneratorBody<T> body) {
    assertThat(Generator.engineOf(body).toString()).startsWith("COMPILED");
    return Generator.of(body).toList();
  }

  /** Reads all elements by hasNext and next. */
  static <T> List<T> pulled(Iterator<T> elements) {
    List<T> all = new ArrayList<>();
    while (elements.hasNext()) {
      all.add(elements.next());
    }
    return all;
  }

  static List<Object> fallen(GeneratorBody<Object> body, String reason) {
    GeneratorEngine engine = Generator.engineOf(body);
    assertThat(engine.kind()).isEqualTo(GeneratorEngine.Kind.VIRTUAL_THREAD);
    assertThat(engine.reason()).contains(reason);
    return Generator.of(body).toList();
  }

  /** Sends each yielded value back. */
  static <R> R echo(CoroutineBody<Object, Object, R> body) {
    assertThat(Coroutine.engineOf(body).toString()).startsWith("COMPILED");
    Coroutine<Object, Object, R> c = Coroutine.of(body);
    try {
      Object value = c.next();
      while (true) {
        value = c.send(value);
      }
    } catch (StopIteration e) {
      return c.result();
    }
  }
}
