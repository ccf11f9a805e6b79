package dev.heddle.cookbook;

import dev.heddle.iter.Generator;
import java.io.PrintStream;

/** The iterator of A02 as a generator: its position is the point where the body is suspended. */
final class A03WordSplitGenerator extends Recipe {
  A03WordSplitGenerator() {
    super(
        "The same iterator as a generator",
        """
            No field, no index, no explicit end: the body is suspended at each yield and resumed from there.
            Generator.iterable starts a new run for each loop.""");
  }

  static Iterable<String> splitWords(String text) {
    return Generator.iterable(y -> {
      for (String word : text.split(" ")) {
        y.yield(word);
      }
    });
  }

  @Override
  public void run(PrintStream out) {
    Iterable<String> words = splitWords(A02WordSplitter.TEXT);
    for (String word : words) {
      out.println(word);
    }
    for (String word : words) {
      out.print(word + " ");
    }
    out.println();
  }
}
