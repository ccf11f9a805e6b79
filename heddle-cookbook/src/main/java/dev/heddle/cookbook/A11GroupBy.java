package dev.heddle.cookbook;

import dev.heddle.iter.Group;
import dev.heddle.iter.Iter;
import java.io.PrintStream;

/** Runs of equal elements. */
final class A11GroupBy extends Recipe {
  A11GroupBy() {
    super(
        "Group runs of equal elements",
        """
            A group is a run of neighbours with the same key, so what is to be grouped is often sorted before.
            It reads from the shared source: read a group before asking for the next.""");
  }

  @Override
  public void run(PrintStream out) {
    for (Group<String, String> run : Iter.ofCharacters("AAABBCCCCDDEEE").groupBy(letter -> letter)) {
      out.println(run.key() + "  :  " + run.toList());
    }
  }
}
