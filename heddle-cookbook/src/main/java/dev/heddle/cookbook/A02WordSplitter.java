package dev.heddle.cookbook;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** An iterator written by hand: a class that keeps its position in a field. */
final class A02WordSplitter extends Recipe {
  static final String TEXT = "Do today what you could do tomorrow";

  A02WordSplitter() {
    super("An iterator written by hand",
        "The class keeps its position in a field and must detect its end itself; compare A03.");
  }

  @Override
  public void run(PrintStream out) {
    WordSplitter words = new WordSplitter(TEXT);
    out.println(words);
    for (int i = 1; i <= 7; i++) {
      out.println(words.next());
    }
    try {
      words.next();
    } catch (NoSuchElementException stop) {
      out.println(stop.getMessage());
    }
  }

  /** The words of a text, once. */
  static final class WordSplitter implements Iterator<String> {
    private final List<String> words;
    private int index;

    WordSplitter(String text) {
      words = List.of(text.split(" "));
    }

    @Override
    public boolean hasNext() {
      return index < words.size();
    }

    @Override
    public String next() {
      if (!hasNext()) {
        throw new NoSuchElementException("Stopped iteration: all " + words.size() + " words are through.");
      }
      return words.get(index++);
    }

    @Override
    public String toString() {
      return "WordSplit(" + words + ")";
    }
  }
}
