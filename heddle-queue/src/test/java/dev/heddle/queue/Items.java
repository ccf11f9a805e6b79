package dev.heddle.queue;

import dev.heddle.iter.Iter;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the tests of pipelines send through them. */
final class Items {
  static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

  private Items() {}

  static Iter<Integer> endless() {
    return Iter.fromStream(Stream.iterate(0, n -> n + 1));
  }

  /** A function that fails at one item. */
  static int failAt(int bad, int item) throws Exception {
    if (item == bad) {
      throw new Exception("bad item");
    }
    return item;
  }
}
