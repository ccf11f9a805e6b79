package dev.heddle.benchmarks.itertools;

import dev.heddle.iter.Pair;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Iterators written by hand, each for one function and as short as that allows: what a program without Heddle hands to a
 * for-each loop. They close nothing, and are not meant to be stacked deep or to be shared.
 */
@SuppressWarnings("NullAway") // next is called behind a hasNext that said true, as a for-each loop does; no source has nulls
final class HandMade {
  private HandMade() {}

  static <T, R> Iterable<R> map(Iterable<T> source, Function<T, R> fn) {
    Iterator<T> elements = source.iterator();
    return () -> new Iterator<>() {
      @Override
      public boolean hasNext() {
        return elements.hasNext();
      }

      @Override
      public R next() {
        return fn.apply(elements.next());
      }
    };
  }

  /** An iterator that has to look for its next element, and keeps it. */
  private abstract static class Looking<T> implements Iterator<T> {
    private @Nullable T found;

    /** The next element; null at the end. */
    abstract @Nullable T find();

    @Override
    public final boolean hasNext() {
      if (found == null) {
        found = find();
      }
      return found != null;
    }

    @Override
    public final T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      T element = found;
      found = null;
      return element;
    }
  }

  static <T> Iterable<T> filter(Iterable<T> source, Predicate<T> predicate) {
    Iterator<T> elements = source.iterator();
    return () -> new Looking<>() {
      @Override
      @Nullable
      T find() {
        while (elements.hasNext()) {
          T element = elements.next();
          if (predicate.test(element)) {
            return element;
          }
        }
        return null;
      }
    };
  }

  static <T> Iterable<T> takeWhile(Predicate<T> predicate, Iterable<T> source) {
    Iterator<T> elements = source.iterator();
    return () -> new Looking<>() {
      private boolean ended;

      @Override
      @Nullable
      T find() {
        if (!ended && elements.hasNext()) {
          T element = elements.next();
          if (predicate.test(element)) {
            return element;
          }
        }
        ended = true;
        return null;
      }
    };
  }

  static <T> Iterable<T> accumulate(Iterable<T> source, BinaryOperator<T> fn) {
    Iterator<T> elements = source.iterator();
    return () -> new Iterator<>() {
      private @Nullable T total;

      @Override
      public boolean hasNext() {
        return elements.hasNext();
      }

      @Override
      public T next() {
        T element = elements.next();
        total = total == null ? element : fn.apply(total, element);
        return total;
      }
    };
  }

  static <T> Iterable<T> islice(Iterable<T> source, int start, int stop, int step) {
    Iterator<T> elements = source.iterator();
    return () -> new Iterator<>() {
      private int index;
      private int wanted = start;

      @Override
      public boolean hasNext() {
        while (index < wanted && index < stop && elements.hasNext()) {
          elements.next();
          index++;
        }
        return index < stop && elements.hasNext();
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        index++;
        wanted += step;
        return elements.next();
      }
    };
  }

  static <T> Iterable<Pair<T, T>> pairwise(Iterable<T> source) {
    Iterator<T> elements = source.iterator();
    return () -> new Iterator<>() {
      private @Nullable T before = elements.hasNext() ? elements.next() : null;

      @Override
      public boolean hasNext() {
        return elements.hasNext();
      }

      @Override
      public Pair<T, T> next() {
        T first = before;
        T second = elements.next();
        before = second;
        return Pair.of(first, second);
      }
    };
  }

  /** A run of elements with the same key, and its elements. */
  interface Run<K, T> extends Iterable<T> {
    K key();
  }

  static <K, T> Iterable<Run<K, T>> groupBy(Iterable<T> source, Function<T, K> keyOf) {
    return () -> new Runs<>(source.iterator(), keyOf);
  }

  /** Runs that share one cursor: the element that was read last. */
  private static final class Runs<K, T> implements Iterator<Run<K, T>> {
    private final Iterator<T> elements;
    private final Function<T, K> keyOf;
    private @Nullable T element;
    private @Nullable K key;

    Runs(Iterator<T> elements, Function<T, K> keyOf) {
      this.elements = elements;
      this.keyOf = keyOf;
      read();
    }

    private void read() {
      element = elements.hasNext() ? elements.next() : null;
      key = element == null ? null : keyOf.apply(element);
    }

    @Override
    public boolean hasNext() {
      return element != null;
    }

    @Override
    public Run<K, T> next() {
      K own = key;
      return new Run<>() {
        @Override
        public K key() {
          return own;
        }

        @Override
        public Iterator<T> iterator() {
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return element != null && own.equals(key);
            }

            @Override
            public T next() {
              T next = element;
              read();
              return next;
            }
          };
        }
      };
    }
  }

  static <A, B> Iterable<Pair<A, B>> zip(Iterable<A> first, Iterable<B> second) {
    Iterator<A> as = first.iterator();
    Iterator<B> bs = second.iterator();
    return () -> new Iterator<>() {
      @Override
      public boolean hasNext() {
        return as.hasNext() && bs.hasNext();
      }

      @Override
      public Pair<A, B> next() {
        return Pair.of(as.next(), bs.next());
      }
    };
  }

  static <T> Iterable<T> chain(List<? extends Iterable<T>> sources) {
    return () -> new Iterator<>() {
      private int index;
      private Iterator<T> elements = sources.getFirst().iterator();

      @Override
      public boolean hasNext() {
        while (!elements.hasNext()) {
          if (++index == sources.size()) {
            index--;
            return false;
          }
          elements = sources.get(index).iterator();
        }
        return true;
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return elements.next();
      }
    };
  }

  /** Rows of one element from each pool: the index of the last counts up, and carries into the one before. */
  static <T> Iterable<List<T>> product(List<List<T>> pools) {
    return () -> new Iterator<>() {
      private final int[] indices = new int[pools.size()];
      private boolean more = pools.stream().noneMatch(List::isEmpty);

      @Override
      public boolean hasNext() {
        return more;
      }

      @Override
      @SuppressWarnings("unchecked") // only Ts were put in
      public List<T> next() {
        Object[] row = new Object[indices.length];
        for (int i = 0; i < row.length; i++) {
          row[i] = pools.get(i).get(indices[i]);
        }
        int i = indices.length - 1;
        while (i >= 0 && ++indices[i] == pools.get(i).size()) {
          indices[i--] = 0;
        }
        more = i >= 0;
        return (List<T>) Arrays.asList(row);
      }
    };
  }

  /** Selections of {@code r} positions, each behind the one before. */
  static <T> Iterable<List<T>> combinations(List<T> pool, int r) {
    return () -> new Iterator<>() {
      private final int[] chosen = new int[r];
      private boolean more = r <= pool.size();

      {
        for (int i = 0; i < r; i++) {
          chosen[i] = i;
        }
      }

      @Override
      public boolean hasNext() {
        return more;
      }

      @Override
      @SuppressWarnings("unchecked") // only Ts were put in
      public List<T> next() {
        Object[] row = new Object[r];
        for (int i = 0; i < r; i++) {
          row[i] = pool.get(chosen[i]);
        }
        int i = r - 1;
        while (i >= 0 && chosen[i] == pool.size() - r + i) {
          i--;
        }
        more = i >= 0;
        if (more) {
          chosen[i]++;
          while (++i < r) {
            chosen[i] = chosen[i - 1] + 1;
          }
        }
        return (List<T>) Arrays.asList(row);
      }
    };
  }

  /** Two iterators, each with a queue of what the other has read and it has not. */
  static <T> Pair<Iterable<T>, Iterator<T>> tee(Iterable<T> source) {
    Iterator<T> elements = source.iterator();
    Queue<T> first = new ArrayDeque<>();
    Queue<T> second = new ArrayDeque<>();
    return Pair.of(() -> new Branch<>(elements, first, second), new Branch<>(elements, second, first));
  }

  private record Branch<T>(Iterator<T> elements, Queue<T> own, Queue<T> other) implements Iterator<T> {
    @Override
    public boolean hasNext() {
      return !own.isEmpty() || elements.hasNext();
    }

    @Override
    public T next() {
      if (!own.isEmpty()) {
        return own.remove();
      }
      T element = elements.next();
      other.add(element);
      return element;
    }
  }
}
