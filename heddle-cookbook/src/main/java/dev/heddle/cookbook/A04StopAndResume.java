package dev.heddle.cookbook;

import dev.heddle.iter.Generator;
import java.io.PrintStream;

/** A generator is suspended at each yield and resumed when the next element is requested. */
final class A04StopAndResume extends Recipe {
  A04StopAndResume() {
    super(
        "A body that is suspended at each yield and resumed there",
        "The output of the body and of the caller alternate: each next() runs the body to its next yield.");
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
