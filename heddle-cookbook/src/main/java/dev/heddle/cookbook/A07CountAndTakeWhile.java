package dev.heddle.cookbook;

import dev.heddle.iter.Iter;
import dev.heddle.iter.Itertools;
import java.io.PrintStream;
import java.util.List;

/** An infinite sequence, and its beginning. */
final class A07CountAndTakeWhile extends Recipe {
  A07CountAndTakeWhile() {
    super(
        "Count without end; take while the numbers are small",
        "count is infinite; it must be limited before all of it is consumed. takeWhile ends it, batched forms the lines.");
  }

  @Override
  public void run(PrintStream out) {
    Iter<Double> endless = Itertools.count(1, 2.5);
    for (int i = 0; i < 4; i++) {
      out.println(endless.next());
    }
    out.println("-".repeat(30));

    Iter<Double> below1000 = Itertools.takeWhile(n -> n < 1000, Itertools.count(1, 2.5));
    for (List<Double> line : below1000.batched(20)) {
      out.println(Iter.from(line).map(String::valueOf).joining(" "));
    }
  }
}
