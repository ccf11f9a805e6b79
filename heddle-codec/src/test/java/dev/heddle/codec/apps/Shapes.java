package dev.heddle.codec.apps;

import dev.heddle.futures.TaskCallable;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Records and other data that do not implement {@code Serializable}. */
public final class Shapes {
  private Shapes() {}

  /** A sealed hierarchy of records. */
  public sealed interface Shape permits Circle, Group {}

  /** With a component of each kind that is written in its own way. */
  public record Circle(double radius, boolean filled, byte b, short s, char c, int i, long l, float f) implements Shape {}

  /** Nested and generic. */
  public record Group(List<Shape> parts, Optional<Path> file) implements Shape {}

  /** Checks its components. */
  public record Checked(int percent) {
    public Checked {
      if (percent > 100) {
        throw new IllegalArgumentException("percent must be at most 100, but was " + percent);
      }
    }
  }

  /** Part of a cycle through its list. */
  public record Node(String name, List<Object> next) {}

  private record Hidden(@Nullable Object content) {}

  public static Object hidden(@Nullable Object content) {
    return new Hidden(content);
  }

  public static Object local(int number) {
    record Local(int number) {}
    return new Local(number);
  }

  public static Circle circle() {
    return new Circle(-0.0, true, (byte) -1, (short) 2, '\uffff', Integer.MIN_VALUE, Long.MAX_VALUE, Float.NaN);
  }

  public static TaskCallable<Object> capturing(Group group) {
    return () -> group.parts().size() + " " + group.file().isPresent();
  }

  /** A class that holds a lock, as many do. */
  public static final class Guarded implements Serializable {
    private final ReentrantLock guard = new ReentrantLock();

    public boolean isFree() {
      return guard.tryLock();
    }
  }

  /** A class that makes its lock again. */
  public static final class Remade implements Serializable {
    private transient ReentrantLock guard = new ReentrantLock();

    @Serial
    private Object readResolve() {
      guard = new ReentrantLock();
      return this;
    }

    public boolean isFree() {
      return guard.tryLock();
    }
  }
}
