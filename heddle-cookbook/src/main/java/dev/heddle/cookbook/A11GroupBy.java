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
            A group is a run of adjacent elements with the same key, so the source is often sorted first.
            A group reads from the shared source: consume it before requesting the next.""");
  }

  @Override
  public void run(PrintStream out) {
    for (Group<String, String> run : Iter.ofCharacters("AAABBCCCCDDEEE").groupBy(letter -> letter)) {
      out.println(run.key() + "  :  " + run.toList());
    }
  }
}
