package dev.heddle.cookbook;

import dev.heddle.iter.Iter;
import dev.heddle.iter.Itertools;
import java.io.PrintStream;

/** Every combination of one element from each source. */
final class A10Product extends Recipe {
  A10Product() {
    super(
        "All rows of one element from each source",
        "Of one source the product is a row for each element, of a source with itself all pairs; the last place turns fastest.");
  }

  @Override
  public void run(PrintStream out) {
    out.println(Itertools.product(Iter.ofCharacters("ABCDE")).toList());
    out.println(Itertools.productRepeat(2, Iter.ofCharacters("ABCDE")).toList());
  }
}
