package dev.heddle.iter.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.Coroutine;
import dev.heddle.iter.CoroutineBody;
import dev.heddle.iter.EngineAccess;
import dev.heddle.iter.GeneratorEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
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
      yields += batch(firstSeed + done, Math.min(BATCH, bodies - done));
    }
    System.out.printf("FuzzTest: %d events compared%n", yields);
    assertThat(yields).isGreaterThan(bodies * 5L);
  }

  private static long batch(long firstSeed, int count) throws Exception {
    String source = FuzzWriter.source("Bodies", firstSeed, count);
    Class<?> type = FuzzCompiler.compile("fuzzed.Bodies", source);
    long events = 0;
    for (int i = 0; i < count; i++) {
      long seed = firstSeed + i;
      List<String> expected = trace(type, i, EngineAccess::onThread, (c, log) -> FuzzDriver.drive(c, log, seed));
      List<String> actual = trace(type, i, FuzzTest::compiled, (c, log) -> FuzzDriver.drive(c, log, seed));
      assertThat(actual).as("body of seed %d in%n%s", seed, bodyOf(source, seed)).isEqualTo(expected);
      List<String> pulled = trace(type, i, FuzzTest::compiled, FuzzDriver::pull);
      if (!pulled.getLast().equals(FuzzDriver.ENDLESS)) {
        List<String> pushed = trace(type, i, FuzzTest::compiled, FuzzDriver::push);
        assertThat(pushed).as("body of seed %d, pushed, in%n%s", seed, bodyOf(source, seed)).isEqualTo(pulled);
        int at = (int) (seed % 7);
        List<String> left = trace(type, i, FuzzTest::compiled, (c, log) -> FuzzDriver.pullAndFail(c, log, at));
        if (!left.getLast().contains("IgnoredExit")) { // else the one stays suspended, which the other cannot
          List<String> thrown = trace(type, i, FuzzTest::compiled, (c, log) -> FuzzDriver.pushAndFail(c, log, at));
          assertThat(thrown).as("body of seed %d, pushed to a failure, in%n%s", seed, bodyOf(source, seed)).isEqualTo(left);
        }
      }
      events += actual.size();
    }
    return events;
  }

  private static Coroutine<Object, Object, Object> compiled(CoroutineBody<Object, Object, Object> body) {
    GeneratorEngine engine = Coroutine.engineOf(body);
    if (engine.kind() != GeneratorEngine.Kind.COMPILED) {
      throw new AssertionError("not compiled: " + engine.reason());
    }
    return Coroutine.of(body);
  }

  private static List<String> trace(
      Class<?> type, int index,
      Function<CoroutineBody<Object, Object, Object>, Coroutine<Object, Object, Object>> engine,
      BiConsumer<Coroutine<Object, Object, Object>, List<String>> driver)
      throws Exception {
    FuzzBase instance = (FuzzBase) type.getDeclaredConstructor().newInstance();
    instance.engine = engine;
    driver.accept(engine.apply(instance.bodies().get(index)), instance.log);
    List<String> log = new ArrayList<>(instance.log);
    log.replaceAll(line -> line.replaceAll("\\[I@[0-9a-f]+", "[I"));
    return log;
  }

  private static String bodyOf(String source, long seed) {
    int start = source.indexOf("// seed " + seed + "\n");
    int end = source.indexOf("// seed " + (seed + 1) + "\n");
    return source.substring(start, end < 0 ? source.length() : end);
  }
}
