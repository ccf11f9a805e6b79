package dev.heddle.iter.languages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.Generator;
import dev.heddle.iter.GeneratorBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Checks what bodies yield, pulled and pushed, and on which engine they run. */
final class ForeignBodies {
  private ForeignBodies() {}

  /** A class with a static method {@code bodies()} that returns bodies by a text: their name and what they yield. */
  @SuppressWarnings("unchecked") // the sources of the tests say so
  static Stream<DynamicTest> tests(Class<?> holder) throws ReflectiveOperationException {
    Map<String, GeneratorBody<Object>> bodies = (Map<String, GeneratorBody<Object>>) holder.getMethod("bodies").invoke(null);
    assertThat(bodies).isNotEmpty();
    return bodies.entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> check(each.getKey(), each.getValue())));
  }

  private static void check(String text, GeneratorBody<Object> body) {
    boolean fallsBack = text.startsWith("fallback: ");
    assertThat(Generator.engineOf(body).toString()).startsWith(fallsBack ? "VIRTUAL_THREAD" : "COMPILED");
    List<Object> pulled = new ArrayList<>();
    for (Object each : Generator.of(body)) {
      pulled.add(each);
    }
    assertThat(text).endsWith(" " + pulled);
    assertThat(Generator.of(body).toList()).as("pushed").isEqualTo(pulled);
  }
}
