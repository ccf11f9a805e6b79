package dev.heddle.cookbook;

import dev.heddle.iter.Iter;
import java.io.PrintStream;
import java.util.List;

/** A list is computed at once, an iterator on demand. */
final class A05EagerAndLazy extends Recipe {
  A05EagerAndLazy() {
    super(
        "An eager list against a lazy iterator",
        """
            For the list the whole body runs before the first line is printed.
            The mapped generator starts only with the first element; then the output of both sides alternates.""");
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
