package dev.heddle.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept of a text. */
class TailTest {

  private static String lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
  }

  @Test
  void text_thatIsShort_isKeptAsItIs() {
    assertThat(new Tail()).hasToString("");
    assertThat(new Tail().add("a").add("b\n")).hasToString("ab\n");
    assertThat(new Tail().add("\n\nlast")).hasToString("\n\nlast");
  }

  @Test
  void lines_beyondForty_areCut() {
    assertThat(new Tail().add(lines(0, 40))).hasToString(lines(0, 40));
    assertThat(new Tail().add(lines(0, 100))).hasToString(lines(60, 100));
    assertThat(new Tail().add(lines(0, 100)).add("and")).hasToString(lines(61, 100) + "and");
  }

  @Test
  void characters_beyondTheBound_areCut() {
    Tail tail = new Tail();
    for (int i = 0; i < 10_000; i++) {
      tail.add("0123456789");
    }
    assertThat(tail.toString()).hasSize(8_192).endsWith("0123456789");
    assertThat(tail.add("x".repeat(100_000))).hasToString("x".repeat(8_192));
  }
}
