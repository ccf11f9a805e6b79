package dev.heddle.cookbook;

import dev.heddle.iter.Iter;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Iterates over the letters of a string by hand and by a loop. */
final class A01WalkAString extends Recipe {
  static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  A01WalkAString() {
    super(
        "Walk a string by hand: an iterator, next, the end",
        """
            An iterator keeps its position; after the last letter, next() throws NoSuchElementException.
            A for-each loop makes the same calls.""");
  }

  @Override
  public void run(PrintStream out) {
    Iterator<String> letters = Iter.ofCharacters(LETTERS);
    out.println(letters.next());
    out.println(letters.next());
    out.println(letters.next());
    while (true) {
      try {
        out.println(letters.next());
      } catch (NoSuchElementException end) {
        out.println(end.getMessage());
        break;
      }
    }
    for (String letter : Iter.ofCharacters(LETTERS)) {
      out.print(letter);
    }
    out.println();
  }
}
