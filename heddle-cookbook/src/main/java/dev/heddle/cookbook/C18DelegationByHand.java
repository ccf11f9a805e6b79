package dev.heddle.cookbook;

import dev.heddle.iter.Coroutine;
import dev.heddle.iter.Generator;
import dev.heddle.iter.Itertools;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Delegation by hand, as in Python 2, and by yield-from with a result. */
final class C18DelegationByHand extends Recipe {
  C18DelegationByHand() {
    super(
        "Delegation by hand, and by yieldFrom with a result",
        """
            By hand: a loop for the values, and an exception that carries the result of the delegate.
            yieldFrom does both in one line, and also forwards send, throw and close, which the loop does not.""");
  }

  @Override
  public void run(PrintStream out) {
    out.println(valuesByHand().toList() + " = " + values().toList());
    out.println(resultByHand(2).toList() + " = " + result(2).toList());
    out.println(resultByHand(1).toList() + " = " + result(1).toList());
  }

  static Generator<Object> valuesByHand() {
    return Generator.of(y -> {
      y.yield("A");
      for (int value : Itertools.range(1, 3)) {
        y.yield(value);
      }
      y.yield("B");
    });
  }

  static Generator<Object> values() {
    return Generator.of(y -> {
      y.yield("A");
      y.yieldFrom(Itertools.range(1, 3));
      y.yield("B");
    });
  }

  /** An exception that carries a return value. */
  private static final class MyReturn extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int value;

    MyReturn(int value) {
      super("returned " + value);
      this.value = value;
    }
  }

  /** Yields the numbers below {@code n}, then returns {@code n}. */
  private static Generator<Integer> delegatedByHand(int n) {
    return Generator.of(y -> {
      for (int i = 1; i < n; i++) {
        y.yield(i);
      }
      throw new MyReturn(n);
    });
  }

  static Generator<Integer> resultByHand(int n) {
    return Generator.of(y -> {
      int output = 0;
      try {
        for (int value : delegatedByHand(n)) {
          y.yield(value);
        }
      } catch (MyReturn returned) {
        output = returned.value;
      }
      y.yield(output * 4);
    });
  }

  private static Coroutine<Integer, @Nullable Void, Integer> delegated(int n) {
    return Coroutine.of(y -> {
      for (int i = 1; i < n; i++) {
        y.yield(i);
      }
      return n;
    });
  }

  static Generator<Integer> result(int n) {
    return Generator.of(y -> y.yield(y.yieldFrom(delegated(n)) * 4));
  }
}
