package dev.heddle.iter.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.Coroutine;
import dev.heddle.iter.CoroutineBody;
import dev.heddle.iter.EngineAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Compares what fuzzed bodies do on an engine with what they do on the fallback engine, and pulled with pushed. */
final class FuzzComparison {
  private FuzzComparison() {}

  /** Compares bodies of consecutive seeds; returns how many events they had. */
  static long batch(
      long firstSeed, int count, Function<CoroutineBody<Object, Object, Object>, Coroutine<Object, Object, Object>> engine)
      throws Exception {
    String source = FuzzWriter.source("Bodies", firstSeed, count);
    Class<?> type = FuzzCompiler.compile("fuzzed.Bodies", source);
    long events = 0;
    for (int i = 0; i < count; i++) {
      long seed = firstSeed + i;
      List<String> expected = trace(type, i, EngineAccess::onThread, (c, log) -> FuzzDriver.drive(c, log, seed));
      List<String> actual = trace(type, i, engine, (c, log) -> FuzzDriver.drive(c, log, seed));
      assertThat(actual).as("body of seed %d in%n%s", seed, bodyOf(source, seed)).isEqualTo(expected);
      List<String> pulled = trace(type, i, engine, FuzzDriver::pull);
      if (!pulled.getLast().equals(FuzzDriver.ENDLESS)) {
        List<String> pushed = trace(type, i, engine, FuzzDriver::push);
        assertThat(pushed).as("body of seed %d, pushed, in%n%s", seed, bodyOf(source, seed)).isEqualTo(pulled);
        int at = (int) (seed % 7);
        List<String> left = trace(type, i, engine, (c, log) -> FuzzDriver.pullAndFail(c, log, at));
        if (!left.getLast().contains("IgnoredExit")) { // else the one stays suspended, which the other cannot
          List<String> thrown = trace(type, i, engine, (c, log) -> FuzzDriver.pushAndFail(c, log, at));
          assertThat(thrown).as("body of seed %d, pushed to a failure, in%n%s", seed, bodyOf(source, seed)).isEqualTo(left);
        }
      }
      events += actual.size();
    }
    return events;
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
