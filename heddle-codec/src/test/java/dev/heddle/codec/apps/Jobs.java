package dev.heddle.codec.apps;

import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskFunction;
import dev.heddle.futures.TaskRunnable;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tasks of all kinds, in classes that the worker of the tests does not have. */
public final class Jobs {
  /** Where snippets of jshell leave their tasks. */
  public static volatile @Nullable Object left;

  private Jobs() {}

  /** A record as a result and as a capture. */
  public record Point(int x, String name) implements Serializable {}

  /** An enum as a result. */
  public enum Colour {
    RED, GREEN {
      @Override
      public String toString() {
        return "leaf";
      }
    }
  }

  /** An ordinary class. */
  public static final class Account implements Serializable {
    private final List<Object> rows = new ArrayList<>();
    private int balance = 3;

    public TaskCallable<Integer> balanceLater() {
      return () -> balance * 2;
    }

    public Account add(Object row) {
      rows.add(row);
      return this;
    }
  }

  /** A collection, whose methods could do anything. */
  public static final class Ledger extends ArrayList<Object> {}

  /** A class that cannot be sent. */
  public static final class Desk {
    private final int drawers = 4;

    public TaskCallable<Integer> drawersLater() {
      return () -> drawers;
    }
  }

  /** Holds something that cannot be sent. */
  public record Row(Socket connection) implements Serializable {}

  /** A task that is a record. */
  @SuppressWarnings("ArrayRecordComponent") // as a map's chunk has one
  public record Apply(TaskFunction<Object, Object> fn, Object[] inputs) implements TaskCallable<Object> {
    @Override
    public Object call() throws Exception {
      List<Object> all = new ArrayList<>();
      for (Object each : inputs) {
        all.add(fn.apply(each));
      }
      return all.toArray();
    }
  }

  /** A class with its own idea of writing. */
  public static final class Refusing implements Serializable {
    private void writeObject(ObjectOutputStream out) throws IOException {
      throw new IllegalStateException("not today");
    }
  }

  /** A class whose writing ends in an error. */
  public static final class Failing implements Serializable {
    private void writeObject(ObjectOutputStream out) throws IOException {
      throw new AssertionError("no more ink");
    }
  }

  public static TaskCallable<Long> sum(int a, long b) {
    return () -> a + b;
  }

  public static TaskCallable<Object> echo(Object value) {
    return () -> value;
  }

  public static TaskCallable<Boolean> same(Object a, Object b) {
    return () -> a == b;
  }

  public static TaskCallable<Boolean> contains(List<Object> list, Object element) {
    return () -> list.get(0) == element;
  }

  public static TaskCallable<String> reference(String of) {
    return of::trim;
  }

  public static TaskCallable<Object> constructor() {
    return ArrayList::new;
  }

  public static TaskCallable<Object> nested(int base) {
    TaskFunction<Integer, Integer> add = n -> n + base;
    TaskFunction<Integer, Integer> twice = n -> add.apply(add.apply(n));
    return () -> twice.apply(1);
  }

  public static TaskFunction<Object, Object> adder(int by) {
    return n -> (Integer) n + by;
  }

  public static TaskFunction<Object, Object> negator() {
    return n -> n instanceof Integer number ? -number : 0;
  }

  public static Point point() {
    return new Point(1, "p");
  }

  public static TaskCallable<byte[]> classFile() {
    return () -> {
      try (InputStream in = Jobs.class.getResourceAsStream("Jobs.class")) {
        return in == null ? new byte[0] : in.readAllBytes();
      }
    };
  }

  public static TaskRunnable nothing() {
    return () -> {};
  }

  public static TaskCallable<Integer> varargs(Object... all) {
    return () -> all.length;
  }

  public static TaskCallable<String> marked() {
    Supplier<String> supplier = (Supplier<String> & Serializable & Marker) () -> "m";
    return () -> supplier.get() + (supplier instanceof Marker);
  }

  /** A marker, which the description of a lambda does not name. */
  public interface Marker {}

  public static TaskCallable<Object> capturing(Runnable plain) {
    return () -> {
      plain.run();
      return null;
    };
  }

  public static TaskCallable<String> loader() {
    return () -> Jobs.class.getClassLoader().toString();
  }
}
