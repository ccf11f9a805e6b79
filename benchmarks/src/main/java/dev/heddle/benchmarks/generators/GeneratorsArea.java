package dev.heddle.benchmarks.generators;

import dev.heddle.benchmarks.measure.Area;
import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.benchmarks.measure.Pairs;
import dev.heddle.benchmarks.measure.PythonTimes;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Generators and coroutines beside those of Kotlin's compiler, plain loops and CPython. */
public final class GeneratorsArea implements Area {
  private static final String AREA = "generators";
  private static final Pairs.Effort COLD = new Pairs.Effort(3, 0, 1, 0);
  private static final Pairs.Effort WARM = new Pairs.Effort(1, 300, 100, 0);

  private static final String RANGE_IN_PYTHON = """
      def numbers(stop):
          for i in range(stop):
              yield i
      def run():
          total = 0
          for n in numbers(1000):
              total += n
      """;

  @Override
  public List<Figure> measure(PrintStream out) throws Exception {
    Pairs pairs = new Pairs(out, AREA, Pairs.Effort.BRIEF);
    Class<Generators> in = Generators.class;
    List<Figure> rows = new ArrayList<>();
    Figure pull = pairs.time("per element pulled", in, "pull", "pullKotlin", "Kotlin iterator{}");
    rows.add(pull);
    rows.add(pairs.time("per element pulled", in, "pull", "pullKotlinSequence", "Kotlin sequence{}"));
    double python = PythonTimes.seconds(RANGE_IN_PYTHON) / Generators.ELEMENTS * 1e9;
    rows.add(Figure.of(AREA, "per element pulled", pull.heddle(), python, "CPython", pull.unit()));
    rows.add(pairs.time("all to a list, per element", in, "list", "listLoop", "plain loop"));
    rows.add(pairs.time("sum of all, per element", in, "sum", "sumLoop", "plain loop"));
    rows.addAll(pairs.timeAndAllocation("creation", in, "create", "createKotlin", "Kotlin iterator{}"));
    rows.add(pairs.time("send, round trip", Sends.class, "send", "next", "next"));
    rows.add(pairs.time("yieldFrom 10 deep, per element", in, "deep", "shallow", "1 deep"));
    rows.add(pairs.time("yieldFrom 10 deep, per element", in, "deep", "deepKotlin", "Kotlin yieldAll"));
    rows.add(
        pairs.time(
            "per element on a virtual thread", in, "fallbackForVirtual", "fallbackForPlatform", "platform consumer"));
    rows.add(new Pairs(out, AREA, WARM).alone("first use of a body, warm", FirstUse.class, "firstElement"));
    rows.add(new Pairs(out, AREA, COLD).alone("first use of a body, cold", FirstUse.class, "firstElement"));
    return rows;
  }
}
