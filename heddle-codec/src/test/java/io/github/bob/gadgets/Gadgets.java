package io.github.bob.gadgets;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Classes of another author, which run code when they are read; in the same jar as {@code io.github.alice}. */
@SuppressWarnings({"ThrowableEqualsHashCode", "OverrideThrowableToString", "UnusedVariable"}) // they are as an attacker finds them
public final class Gadgets {
  /** Whether one of them has run its code. */
  public static volatile boolean ran;

  private Gadgets() {}

  private static void run() {
    ran = true;
  }

  /** Runs code in {@code readObject}. */
  public static final class Reads implements Serializable {
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      run();
    }
  }

  /** Runs code in {@code readResolve}. */
  public static final class Resolves implements Serializable {
    private Object readResolve() {
      run();
      return this;
    }
  }

  /** Runs code in {@code readExternal}. */
  public static final class External implements Externalizable {
    /** For the stream. */
    public External() {}

    @Override
    public void writeExternal(ObjectOutput out) {}

    @Override
    public void readExternal(ObjectInput in) {
      run();
    }
  }

  /** Could run code in any method. */
  public static final class Collection extends ArrayList<Object> {}

  /** Runs code in the constructor that makes it again. */
  public record Constructed(String text) {
    /** Runs code. */
    public Constructed {
      run();
    }
  }

  /** Runs code in {@code hashCode}, as an element of a set. */
  public record Hashed(String text) {
    @Override
    public int hashCode() {
      run();
      return 7;
    }
  }

  /** Runs code in {@code equals} and {@code hashCode}. */
  public static final class Failure extends RuntimeException {
    @Override
    public boolean equals(Object other) {
      run();
      return this == other;
    }

    @Override
    public int hashCode() {
      run();
      return 7;
    }
  }

  /** Runs code as an order. */
  public enum Order implements Comparator<Object> {
    /** The only one. */
    INSTANCE;

    @Override
    public int compare(Object a, Object b) {
      run();
      return 0;
    }
  }

  /** A record that only checks and copies its components. */
  public record Checked(String name, List<String> items, Duration age) {
    /** Checks. */
    public Checked {
      Objects.requireNonNull(name, "name");
      if (name.isBlank() || !name.matches("[a-z]+") || age.isNegative()) {
        throw new IllegalArgumentException("name must be letters, but was '" + name + "', age " + age);
      }
      items = List.copyOf(items);
    }
  }

  /** An enum with code of its own that is not called. */
  public enum Level {
    /** With a body. */
    HIGH {
      @Override
      public int weight() {
        return 2;
      }
    };

    /** Its weight. */
    public abstract int weight();
  }

  /** An exception as libraries have them. */
  public static final class Refused extends IllegalStateException {
    private final int code;

    /** Creates an exception. */
    public Refused(int code) {
      super("refused: " + code);
      this.code = code;
    }

    /** The code. */
    public int code() {
      return code;
    }

    @Override
    public String toString() {
      return getClass().getName() + ": " + getLocalizedMessage() + " (" + code + ")";
    }
  }
}
