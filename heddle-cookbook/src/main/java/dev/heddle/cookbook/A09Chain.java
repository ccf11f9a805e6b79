package dev.heddle.cookbook;

import dev.heddle.iter.Iter;
import dev.heddle.iter.Itertools;
import java.io.PrintStream;

/** Chains several sources. */
final class A09Chain extends Recipe {
  A09Chain() {
    super("Chain sources into one", "The sources may be of any kind; enumerate pairs each element with its number.");
  }

  @Override
  public void run(PrintStream out) {
    out.println(Itertools.<Object>chain(Iter.ofCharacters("ABCDE"), Itertools.range(1, 11, 2)).toList());
    out.println(Itertools.chain(Iter.ofCharacters("ABCDE").enumerate()).toList());
  }
}
