package dev.heddle.iter.fuzz;

import dev.heddle.iter.Coroutine;
import dev.heddle.iter.CoroutineBody;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The superclass of generated classes: what their bodies call. Everything of note goes to the log, which is compared. */
@SuppressWarnings("NullAway") // null is one of the values that bodies are fed with
public abstract class FuzzBase {
  /** In the order of what happened. */
  public final List<String> log = new ArrayList<>();

  /** The engine that nested coroutines run on. */
  public Function<CoroutineBody<Object, Object, Object>, Coroutine<Object, Object, Object>> engine;

  /** A field that bodies share. */
  protected int shared = 3;

  /** A field of another width. */
  protected long wideShared = 1L << 33;

  /** A resource that logs its end. */
  public record Resource(FuzzBase owner, int id) implements AutoCloseable {
    @Override
    public void close() {
      owner.log.add("close" + id);
      if (id % 5 == 4) {
        throw new IllegalArgumentException("closing " + id);
      }
    }
  }

  /** The bodies of the class. */
  public abstract List<CoroutineBody<Object, Object, Object>> bodies();

  /** A virtual method that generated classes override and call through super. */
  protected int hook(int a, Object b, long c) {
    log.add("hook" + a + ":" + b + ":" + c);
    return a + num(b) - (int) c;
  }

  /** An int for whatever was sent. */
  protected static int num(Object o) {
    return switch (o) {
      case null -> 1;
      case Integer i -> i;
      case Long l -> (int) (l % 1000);
      case Double d -> (int) (d % 1000);
      case String s -> s.length();
      default -> 2;
    };
  }

  protected int note(String what, int value) {
    log.add(what + value);
    return value;
  }

  protected static Object boxed(Object o) {
    return o;
  }

  protected void maybe(int n) throws Exception {
    switch (Math.floorMod(n, 12)) {
      case 0 -> throw new IllegalStateException("m" + n);
      case 1 -> throw new java.io.IOException("io" + n);
      default -> log.add("ok" + n);
    }
  }
}
