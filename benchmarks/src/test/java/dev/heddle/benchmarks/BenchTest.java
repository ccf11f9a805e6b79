package dev.heddle.benchmarks;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The areas of {@code heddle bench}. */
final class BenchTest {
  private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

  @Test
  void run_ofAWrongArea_namesThoseThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bench.run(NOWHERE, List.of("futures", "generatos"), false))
        .withMessageMatching("AREA must be one of asyncio, .*, futures, .*, but was 'generatos'; leave it out for all");
  }
}
