package dev.heddle.iter.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.Coroutine;
import dev.heddle.iter.CoroutineBody;
import dev.heddle.iter.GeneratorEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random bodies, compiled by the JDK's compiler and driven at random, do the same on both engines; and in push mode the same
 * as when everything is pulled.
 *
 * <p>{@code -Dheddle.fuzz.seed=N} starts with another body than the default, {@code -Dheddle.fuzz.bodies=N} changes how many
 * are tried, and {@code -Dheddle.effort=N} multiplies it. A failure prints the seed of its body, which is also in the source
 * that it prints.
 */
@Timeout(4 * 3600) // twenty thousand bodies on a machine that has other things to do
class FuzzTest {
  private static final int BATCH = 100;
  private static final int EFFORT = Integer.getInteger("heddle.effort", 1);

  @Test
  void bodies_doTheSameOnBothEngines() throws Exception {
    run(Long.getLong("heddle.fuzz.seed", 1), Integer.getInteger("heddle.fuzz.bodies", 300 * EFFORT));
  }

  @Tag("long")
  @Test
  void manyBodies_doTheSameOnBothEngines() throws Exception {
    run(Long.getLong("heddle.fuzz.seed", 1_000_000), Integer.getInteger("heddle.fuzz.bodies", 20_000));
  }

  private static void run(long firstSeed, int bodies) throws Exception {
    System.out.printf("FuzzTest: %d bodies, seeds from %d%n", bodies, firstSeed);
    long yields = 0;
    for (int done = 0; done < bodies; done += BATCH) {
      yields += FuzzComparison.batch(firstSeed + done, Math.min(BATCH, bodies - done), FuzzTest::compiled);
    }
    System.out.printf("FuzzTest: %d events compared%n", yields);
    assertThat(yields).isGreaterThan(bodies * 5L);
  }

  private static Coroutine<Object, Object, Object> compiled(CoroutineBody<Object, Object, Object> body) {
    GeneratorEngine engine = Coroutine.engineOf(body);
    if (engine.kind() != GeneratorEngine.Kind.COMPILED) {
      throw new AssertionError("not compiled: " + engine.reason());
    }
    return Coroutine.of(body);
  }
}
