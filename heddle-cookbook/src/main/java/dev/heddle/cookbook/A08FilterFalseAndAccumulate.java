package dev.heddle.cookbook;

import dev.heddle.iter.Itertools;
import java.io.PrintStream;
import java.util.List;

/** The elements that a predicate rejects, and running sums. */
final class A08FilterFalseAndAccumulate extends Recipe {
  A08FilterFalseAndAccumulate() {
    super(
        "The elements that a predicate rejects; running sums",
        "filterFalse is the opposite of filter; accumulate yields each partial sum up to the last, 5050.");
  }

  @Override
  public void run(PrintStream out) {
    for (int n : Itertools.filterFalse(x -> x < 3, List.of(1, 2, 3, 4, 5))) {
      out.println(n);
    }
    for (int sum : Itertools.accumulate(Itertools.range(1, 101), Integer::sum)) {
      out.println(sum);
    }
  }
}
