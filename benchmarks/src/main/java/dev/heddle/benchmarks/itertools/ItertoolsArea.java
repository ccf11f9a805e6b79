package dev.heddle.benchmarks.itertools;

import dev.heddle.benchmarks.measure.Area;
import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.benchmarks.measure.Pairs;
import dev.heddle.benchmarks.measure.PythonTimes;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Functions of itertools beside loops written by hand, and beside CPython's. */
public final class ItertoolsArea implements Area {
  private static final String AREA = "itertools";

  static final List<Case> CASES = List.of(
      one("map", "x", "map(lambda x: x * 3, data)", "x"),
      one("filter", "x", "filter(lambda x: x % 3 != 0, data)", "x"),
      several("zip", "x, y", "zip(data, others)", "x ^ y"),
      several("chain", "x", "chain(data, others)", "x"),
      several("product", "x, y", "product(thirty, thirty)", "x ^ y"),
      several("combinations", "x, y, z", "combinations(twenty, 3)", "x ^ z"),
      one("groupBy", "key, group", "groupby(data, lambda x: x // 10)", "sum(key * x for x in group)"),
      one("accumulate", "x", "accumulate(data)", "x"),
      new Case(
          "accumulateAsInt",
          OneSource.class,
          false,
          loopInPython("x", "accumulate(range(1000, 2000))", "x")),
      one("islice", "x", "islice(data, 100, 900, 2)", "x"),
      one("takeWhile", "x", "takewhile(lambda x: x < 1900, data)", "x"),
      several("tee", "x, y", "zip(*tee(data))", "x + y"),
      one("pairwise", "x, y", "pairwise(data)", "x ^ y"));

  /**
   * A function that is measured.
   *
   * @param in has a method of that name, one with {@code Loop} behind it, which says it all in one loop, and perhaps one
   *     with {@code ByHand} behind it
   * @param byHand whether there is the one {@code ByHand}: an iterator written for this function only, read by the same loop
   * @param python defines {@code run}, which does the same
   */
  record Case(String name, Class<?> in, boolean byHand, String python) {}

  private static Case one(String name, String target, String source, String term) {
    return new Case(name, OneSource.class, true, loopInPython(target, source, term));
  }

  private static Case several(String name, String target, String source, String term) {
    return new Case(name, SeveralSources.class, true, loopInPython(target, source, term));
  }

  private static String loopInPython(String target, String source, String term) {
    return """
        data = list(range(1000, 2000))
        others = list(range(3000, 4000))
        thirty = data[:30]
        twenty = data[:20]
        def run():
            total = 0
            for %s in %s:
                total += %s
            return total
        """
        .formatted(target, source, term);
  }

  @Override
  public List<Figure> measure(PrintStream out) throws Exception {
    Pairs pairs = new Pairs(out, AREA, Pairs.Effort.BRIEFEST);
    List<Figure> rows = new ArrayList<>();
    for (Case each : CASES) {
      Figure row = pairs.time(each.name(), each.in(), each.name(), each.name() + "Loop", "plain loop");
      rows.add(row);
      if (each.byHand()) {
        rows.add(pairs.time(each.name(), each.in(), each.name(), each.name() + "ByHand", "iterator by hand"));
      }
      double python = PythonTimes.seconds(each.python()) * 1e6;
      rows.add(Figure.of(AREA, each.name(), row.heddle(), python, "CPython", row.unit()));
    }
    return rows;
  }
}
