package dev.heddle.cookbook;

import dev.heddle.iter.Iter;
import java.io.PrintStream;
import java.util.List;

/** A list computes everything at once, an iterator when it is asked. */
final class A05EagerAndLazy extends Recipe {
  A05EagerAndLazy() {
    super(
        "An eager list against a lazy iterator",
        """
            For the list the whole body runs before the first line is printed.
            The mapped generator has not even started when it is made; then the prints of both sides alternate.""");
  }

  @Override
  public void run(PrintStream out) {
    List<String> eager = A04StopAndResume.generatorEx1(out).map(x -> x.repeat(3)).toList();
    Iter<String> lazy = A04StopAndResume.generatorEx1(out).map(x -> x.repeat(3));
    out.println("-".repeat(50));

    for (String text : eager) {
      out.println(text);
    }
    out.println("-".repeat(50));

    for (String text : lazy) {
      out.println(text);
    }
  }
}
