package dev.heddle.cookbook;

import dev.heddle.iter.Iter;
import dev.heddle.iter.Itertools;
import java.io.PrintStream;
import java.util.List;

/** An endless sequence, and its beginning. */
final class A07CountAndTakeWhile extends Recipe {
  A07CountAndTakeWhile() {
    super(
        "Count for ever; take while the numbers are small",
        "count never ends, which is fine as long as nobody asks for all of it. takeWhile ends it, batched makes the lines.");
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
