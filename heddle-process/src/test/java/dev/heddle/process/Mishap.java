package dev.heddle.process;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** What can go wrong in a worker. */
enum Mishap {
  ERROR, EXIT, HALT, SEGFAULT, OUT_OF_MEMORY, HUGE_ARRAY, DEEP_RECURSION;

  /** Lets it happen, here and now. */
  void happen() {
    switch (this) {
      case ERROR -> throw new IllegalStateException("on purpose");
      case EXIT -> System.exit(7);
      case HALT -> Runtime.getRuntime().halt(8);
      case SEGFAULT -> segfault();
      case OUT_OF_MEMORY -> eat();
      case HUGE_ARRAY -> claim();
      case DEEP_RECURSION -> recurse(0);
    }
  }

  /** Whether the worker survives it. */
  boolean isHarmless() {
    return this == ERROR || this == DEEP_RECURSION;
  }

  @SuppressWarnings("restricted") // that is the point
  private static void segfault() {
    MemorySegment.ofAddress(16).reinterpret(8).set(ValueLayout.JAVA_LONG, 0, 1);
  }

  private static void eat() {
    List<long[]> eaten = new ArrayList<>();
    while (eaten.size() < Integer.MAX_VALUE) {
      eaten.add(new long[1 << 20]);
    }
  }

  /** As out of memory as one can be without harm to other threads. */
  private static void claim() {
    if (new long[Integer.MAX_VALUE].length == 0) {
      throw new AssertionError("no array");
    }
  }

  private static int recurse(int depth) {
    return depth == Integer.MAX_VALUE ? 0 : recurse(depth + 1) + 1;
  }
}
