package dev.heddle.cookbook;

import dev.heddle.iter.Generator;
import java.io.PrintStream;

/** A generator stops at each yield and goes on there when the next element is asked for. */
final class A04StopAndResume extends Recipe {
  A04StopAndResume() {
    super(
        "A body that stops at each yield and goes on there",
        "What the body prints and what the caller prints alternate: each next() runs the body to its next yield.");
  }

  static Generator<String> generatorEx1(PrintStream out) {
    return Generator.of(y -> {
      out.println("Start");
      y.yield("A Point. ");
      out.println("continue");
      y.yield("B Point. ");
      out.println("End");
    });
  }

  @Override
  public void run(PrintStream out) {
    Generator<String> points = generatorEx1(out);
    out.println(points.next());
    out.println("-".repeat(30));
    out.println(points.next());
    out.println("-".repeat(30));

    for (String point : generatorEx1(out)) {
      out.println(point);
    }
  }
}
