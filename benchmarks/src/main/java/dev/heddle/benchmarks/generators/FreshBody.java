package dev.heddle.benchmarks.generators;

import dev.heddle.iter.Generator;
import dev.heddle.iter.GeneratorBody;
import java.util.List;
import java.util.function.Supplier;

/** A generator's body of ordinary size, in a class that {@link FirstUse} defines again and again. */
public final class FreshBody implements Supplier<GeneratorBody<Integer>> {
  private int ended;

  @Override
  public GeneratorBody<Integer> get() {
    int limit = 10 + ended;
    return y -> {
      try {
        for (int i = 0; i < limit; i++) {
          if (i % 3 == 0) {
            y.yield(i);
          } else {
            y.yieldFrom(Generator.of(inner -> inner.yield(1)));
            y.yieldFrom(List.of(i, -i));
          }
        }
      } finally {
        ended++;
      }
    };
  }
}
