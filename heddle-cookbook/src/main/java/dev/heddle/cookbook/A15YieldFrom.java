package dev.heddle.cookbook;

import dev.heddle.iter.Generator;
import dev.heddle.iter.Iter;
import dev.heddle.iter.Itertools;
import java.io.PrintStream;

/** A generator that yields the elements of other sources. */
final class A15YieldFrom extends Recipe {
  A15YieldFrom() {
    super("Yield all elements of another source", "yieldFrom replaces a loop; the results are equal.");
  }

  static Generator<Object> generator1() {
    return Generator.of(y -> {
      for (String x : Iter.ofCharacters("AB")) {
        y.yield(x);
      }
      for (int n : Itertools.range(1, 4)) {
        y.yield(n);
      }
    });
  }

  static Generator<Object> generator2() {
    return Generator.of(y -> {
      y.yieldFrom(Iter.ofCharacters("AB"));
      y.yieldFrom(Itertools.range(1, 4));
    });
  }

  @Override
  public void run(PrintStream out) {
    out.println(generator1().toList());
    out.println(generator2().toList());
  }
}
