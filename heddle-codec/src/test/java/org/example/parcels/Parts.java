package org.example.parcels;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Classes of a library that the application uses: another package than the tasks'. */
public final class Parts {
  /** Set by what must not run. */
  public static volatile boolean ran;

  private Parts() {}

  private static void run() {
    ran = true;
  }

  /** Harmless by its kind. */
  public record Money(long cents) implements Serializable {}

  /** Harmless, but its hash code takes as long as those of both its parts. */
  public static final class Couple implements Serializable {
    private final Object left;
    private final Object right;

    /** A couple of anything. */
    public Couple(Object left, Object right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Couple couple && couple.left.equals(left) && couple.right.equals(right);
    }

    @Override
    public int hashCode() {
      return 31 * left.hashCode() + right.hashCode();
    }
  }

  /** Two references without a hash code. */
  public static final class Node implements Serializable {
    private final Object left;
    private final Object right;

    /** A node above two others. */
    public Node(Object left, Object right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public String toString() {
      return left + " " + right;
    }
  }

  /** Runs code when it is read. */
  public static final class Widget implements Serializable {
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      run();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Widget;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  /** Plain data, as many libraries have it: subclasses may override how it is made again. */
  public static class Complex implements Serializable {
    private final double real;
    private final double imaginary;
    private final Map<String, Object> notes = new HashMap<>();

    public Complex(double real, double imaginary) {
      this.real = real;
      this.imaginary = imaginary;
    }

    protected Complex create(double a, double b) {
      return new Complex(a, b);
    }

    protected final Object readResolve() {
      return create(real, imaginary);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Complex it && Double.compare(real, it.real) == 0 && imaginary == it.imaginary
          && notes.equals(it.notes);
    }

    @Override
    public int hashCode() {
      return 31 * Double.hashCode(real) + Double.hashCode(imaginary);
    }

    @Override
    public String toString() {
      return "(" + real + ", " + imaginary + ")";
    }
  }

  /** Overrides what its superclass calls while it is read. */
  public static final class Trap extends Complex {
    public Trap() {
      super(1, 2);
    }

    @Override
    protected Complex create(double a, double b) {
      run();
      return this;
    }
  }

  /** Runs code when its hash code is computed. */
  @SuppressWarnings("EqualsHashCode") // attacks need no equals
  public static final class Key implements Serializable {
    private final @Nullable Supplier<Integer> source;

    public Key(@Nullable Supplier<Integer> source) {
      this.source = source;
    }

    @Override
    public int hashCode() {
      return source == null ? 0 : source.get();
    }
  }

  /** A comparator, which sorted collections call. */
  public static final class Order implements Comparator<Object>, Serializable {
    @Override
    public int compare(Object a, Object b) {
      return a.hashCode() - b.hashCode();
    }
  }

  /** Calls a method of an object that may be of any subclass. */
  public static final class Caller implements Serializable {
    private final Complex other;

    public Caller(Complex other) {
      this.other = other;
    }

    @Override
    public boolean equals(Object it) {
      return it instanceof Caller && other.create(1, 1).equals(it);
    }

    @Override
    public int hashCode() {
      return other.hashCode();
    }
  }

  /** Runs code when it is compared. */
  public interface Ordered extends Comparable<Ordered> {
    @Override
    default int compareTo(Ordered other) {
      run();
      return 0;
    }
  }

  /** Inherits what a sorted set calls from an interface. */
  public static final class Ranked implements Ordered, Serializable {}
}
