package dev.heddle.cookbook;

import dev.heddle.iter.Iter;
import dev.heddle.iter.Itertools;
import java.io.PrintStream;

/** The Cartesian product: every combination of one element from each source. */
final class A10Product extends Recipe {
  A10Product() {
    super(
        "All rows of one element from each source",
        "The product of a source with itself has all pairs of its elements; the last column varies fastest.");
  }

  @Override
  public void run(PrintStream out) {
    out.println(Itertools.product(Iter.ofCharacters("ABCDE")).toList());
    out.println(Itertools.productRepeat(2, Iter.ofCharacters("ABCDE")).toList());
  }
}
