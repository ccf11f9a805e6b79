package dev.heddle.codec.apps;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** Exceptions of all kinds. */
public final class Mishaps {
  private Mishaps() {}

  /** Has a field. */
  public static final class Coded extends Exception {
    private final int code;

    public Coded(int code) {
      super("code " + code);
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  /** Has a large array. */
  public static final class Laden extends RuntimeException {
    private final long[] load;

    public Laden(long[] load) {
      super("laden");
      this.load = load;
    }

    public int size() {
      return load.length;
    }
  }

  /** Takes neither cause nor suppressed exceptions. */
  public static final class Bare extends RuntimeException {
    public Bare() {
      super("bare", null, false, false);
    }
  }

  /** Cannot be written. */
  public static final class Holding extends RuntimeException {
    @SuppressWarnings("serial") // that is the point
    private final Thread thread = Thread.currentThread();

    public Holding() {
      super("holds a thread");
    }

    public Thread thread() {
      return thread;
    }
  }

  /** Has methods that throw. */
  public static final class Hostile extends RuntimeException {
    @Override
    @SuppressWarnings("InfiniteRecursion") // that is the point
    public String getMessage() {
      return getMessage();
    }

    @Override
    public String toString() {
      throw new IllegalStateException("no text");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new IllegalStateException("no trace");
    }
  }

  /** Throws when it is written. */
  public static final class Unwriting extends RuntimeException {
    private void writeObject(ObjectOutputStream out) throws IOException {
      throw new IllegalStateException("no pen");
    }
  }

  /** Has code of its own for reading, which reaches beyond the object. */
  public static final class Unreading extends RuntimeException {
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      System.setProperty("heddle.unreading", "read");
    }
  }

  /** What endless recursion ends with. */
  public static Throwable recurse() {
    try {
      return new Exception("" + depth(0));
    } catch (StackOverflowError e) {
      return e;
    }
  }

  @SuppressWarnings("InfiniteRecursion") // that is the point
  private static int depth(int n) {
    return depth(n + 1) + 1;
  }
}
