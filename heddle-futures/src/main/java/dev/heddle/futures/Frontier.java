package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.iter.Iter;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The inputs of a map that are found while the map is read, each of them once; for crawlers and searches in graphs.
 *
 * <pre>{@code
 * Frontier<URI> found = Frontier.of(start);
 * for (MapOutcome<URI, Page> each : pool.mapOutcomesUnordered(Crawler::fetch, found)) {
 *   if (each.succeeded()) found.addAll(each.result().links());
 * }
 * }</pre>
 *
 * <p>It may be given to every map of an {@link Executor}, for one map only. The map ends when the results of all inputs have
 * been read and no input was added meanwhile; if one is added after the last result was read, and before the map is closed,
 * the map has a next result again. Inputs that were added before are ignored, so all of them are kept in memory.
 *
 * <p><b>Thread-safe; no method blocks.</b> The reader of the map may add inputs, and so may its tasks on threads: what a task
 * adds is taken once its result has been read.
 *
 * <p>Origin: the frontier of a crawler, or of a breadth-first search.
 *
 * @param <T> the type of the inputs, with {@code equals} and {@code hashCode}
 */
public final class Frontier<T> implements Iterable<T> {
  private final Set<T> seen = ConcurrentHashMap.newKeySet();
  private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean taken = new AtomicBoolean();
  private volatile boolean closed; // by the map

  private Frontier() {}

  /** Returns a frontier of some inputs. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T> Frontier<T> of(T... inputs) {
    return from(Arrays.asList(Check.notNull(inputs, "inputs")));
  }

  /** Returns a frontier of some inputs. */
  public static <T> Frontier<T> from(Iterable<? extends T> inputs) {
    Frontier<T> frontier = new Frontier<>();
    frontier.addAll(inputs);
    return frontier;
  }

  /**
   * Adds an input, unless it was added before.
   *
   * @return whether it is new
   * @throws IllegalStateException if the map over it was closed: the input would never be taken
   */
  public boolean add(T input) {
    Check.notNull(input, "input");
    if (closed) {
      throw new IllegalStateException(
          "the map over this frontier was closed, so that it takes no more inputs; add them while it is read, or make a new"
              + " frontier");
    }
    return seen.add(input) && waiting.add(input);
  }

  /** Adds inputs, without those that were added before. */
  public void addAll(Iterable<? extends T> inputs) {
    Check.<Iterable<? extends T>>notNull(inputs, "inputs").forEach(this::add);
  }

  /** Returns how many different inputs were added. */
  public int size() {
    return seen.size();
  }

  /**
   * Returns the inputs that have not been taken, which may grow meanwhile.
   *
   * @throws IllegalStateException on the second call: two readers would each get a part of the inputs
   */
  @Override
  public Iter<T> iterator() {
    if (!taken.compareAndSet(false, true)) {
      throw new IllegalStateException("a frontier is the source of one map, and has one already; make another frontier");
    }
    return new Waiting();
  }

  @Override
  public String toString() {
    return "<Frontier " + size() + " inputs, " + waiting.size() + " not taken>";
  }

  private final class Waiting implements Iter<T> {
    @Override
    public boolean hasNext() {
      return !waiting.isEmpty();
    }

    @Override
    public T next() {
      T next = waiting.poll();
      if (next == null) {
        throw new NoSuchElementException("no input is left in this frontier; ask hasNext() first");
      }
      return next;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
