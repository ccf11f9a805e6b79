package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every engine does alike: yield-from, and the classic programs. */
@Timeout(60)
@SuppressWarnings("NullAway") // null elements and results are among what is tested
abstract class DelegationContract {

  abstract <T> Generator<T> generator(GeneratorBody<T> body);

  abstract <Y, S, R> Coroutine<Y, S, R> coroutine(CoroutineBody<Y, S, R> body);

  // 21, second half
  @Test
  void delegate_isVisibleWhileSuspendedThere() {
    Generator<Integer> inner = generator(y -> y.yield(1));
    Generator<Integer> outer = generator(
        y -> {
          y.yield(0);
          y.yieldFrom(inner);
          y.yield(2);
        });
    assertThat(outer.delegate()).isNull();
    outer.next();
    assertThat(outer.delegate()).isNull();
    assertThat(outer.next()).isEqualTo(1);
    assertThat(outer.delegate()).isSameAs(inner);
    assertThat(outer.next()).isEqualTo(2);
    assertThat(outer.delegate()).isNull();
  }

  // 22
  @Test
  void delegate_isSentAndRaisedTo() {
    Coroutine<String, String, String> inner = coroutine(
        y -> {
          String all = "";
          String got = y.yield("ready");
          while (got != null) {
            all += got;
            try {
              got = y.yield("got " + got);
            } catch (IllegalArgumentException e) {
              got = y.yield("caught " + e.getMessage());
            }
          }
          return all;
        });
    Coroutine<String, String, String> outer = coroutine(
        y -> {
          String result = y.yieldFrom(inner);
          y.yield("result " + result);
          return result;
        });
    assertThat(outer.next()).isEqualTo("ready");
    assertThat(outer.send("a")).isEqualTo("got a");
    assertThat(outer.raise(new IllegalArgumentException("b"))).isEqualTo("caught b");
    assertThat(outer.send("c")).isEqualTo("got c");
    assertThat(outer.next()).isEqualTo("result ac");
    assertThat(inner.state()).isEqualTo(GeneratorState.CLOSED);
  }

  @Test
  void close_runsInnerFinallyBeforeOuter() {
    List<String> log = new ArrayList<>();
    Generator<Integer> inner = generator(
        y -> {
          try {
            y.yield(1);
          } finally {
            log.add("inner");
          }
        });
    Generator<Integer> outer = generator(
        y -> {
          try {
            y.yieldFrom(inner);
          } finally {
            log.add("outer");
          }
        });
    outer.next();
    outer.close();
    assertThat(log).containsExactly("inner", "outer");
    assertThat(inner.state()).isEqualTo(GeneratorState.CLOSED);
  }

  @Test
  void exception_ofTheDelegate_surfacesAtTheYieldFrom() {
    Generator<String> outer = generator(
        y -> {
          try {
            y.yieldFrom(
                this.<String>generator(
                    z -> {
                      z.yield("one");
                      throw new IllegalStateException("inner");
                    }));
          } catch (IllegalStateException e) {
            y.yield("caught " + e.getMessage());
          }
        });
    assertThat(outer.toList()).containsExactly("one", "caught inner");
  }

  @Test
  void close_whenTheDelegateFails_raisesThatInTheBody() {
    Generator<String> inner = generator(
        y -> {
          try {
            y.yield("one");
          } finally {
            throwNow();
          }
        });
    List<String> log = new ArrayList<>();
    Generator<String> outer = generator(
        y -> {
          try {
            y.yieldFrom(inner);
          } catch (IllegalStateException e) {
            log.add(e.getMessage());
          }
        });
    outer.next();
    outer.close();
    assertThat(log).containsExactly("closing failed");
  }

  private static void throwNow() {
    throw new IllegalStateException("closing failed");
  }

  @Test
  void yieldFrom_aRunningGenerator_failsInTheBody() {
    List<Generator<String>> self = new ArrayList<>();
    Generator<String> g = generator(
        y -> {
          try {
            y.yieldFrom(self.getFirst());
          } catch (GeneratorException.AlreadyExecuting e) {
            y.yield("caught");
          }
        });
    self.add(g);
    assertThat(g.toList()).containsExactly("caught");
  }

  @Test
  void yieldFrom_aCircleOfGenerators_failsInTheBody() {
    List<Generator<String>> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int next = (i + 1) % 3;
      all.add(
          generator(
              y -> {
                try {
                  y.yield("before " + next);
                  y.yieldFrom(all.get(next));
                } catch (GeneratorException.AlreadyExecuting e) {
                  y.yield("caught " + next);
                }
              }));
    }
    Generator<String> outside = generator(y -> y.yieldFrom(all.getFirst()));
    assertThat(outside.toList()).containsExactly("before 1", "before 2", "before 0", "caught 0");
  }

  @Test
  void delegation_manyLevelsDeep_doesNotOverflowTheStack() {
    Generator<Integer> deep = deep(depth());
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      seen.add(deep.next());
    }
    assertThat(seen).containsExactly(0, 1, 2);
    assertThat(deep.hasNext()).isFalse();
    Generator<Integer> closed = deep(depth());
    closed.next();
    closed.close();
    assertThat(closed.state()).isEqualTo(GeneratorState.CLOSED);
  }

  private Generator<Integer> deep(int depth) {
    return generator(
        y -> {
          if (depth == 0) {
            for (int i = 0; i < 3; i++) {
              y.yield(i);
            }
          } else {
            y.yieldFrom(deep(depth - 1));
          }
        });
  }

  /** How deep a chain of delegates may be expected to be. */
  int depth() {
    return 3000;
  }

  // 23
  @Test
  void yieldFrom_givesTheResult() {
    Coroutine<Integer, Void, Integer> sum = coroutine(
        y -> {
          int total = 0;
          for (int start = 0; start < 30; start += 10) {
            int from = start;
            total += y.yieldFrom(
                this.<Integer, Void, Integer>coroutine(
                    z -> {
                      z.yield(from);
                      z.yield(from + 1);
                      return 2 * from + 1;
                    }));
          }
          return total;
        });
    assertThat(sum.toList()).containsExactly(0, 1, 10, 11, 20, 21);
  }

  @Test
  void yieldFrom_anEndedCoroutine_givesNull() {
    Coroutine<String, Void, String> ended = coroutine(y -> "result");
    assertThat(ended.hasNext()).isFalse();
    Coroutine<String, Void, String> outer = coroutine(y -> "got " + y.yieldFrom(ended));
    assertThat(outer.hasNext()).isFalse();
    assertThat(outer.result()).isEqualTo("got null");
    assertThat(ended.result()).isEqualTo("result");
  }

  @Test
  void yieldFrom_aGeneratorOfWhichAnElementWasFetched_startsWithIt() {
    Generator<Integer> inner = generator(
        y -> {
          y.yield(1);
          y.yield(2);
        });
    assertThat(inner.hasNext()).isTrue();
    assertThat(this.<Integer>generator(y -> y.yieldFrom(inner)).toList()).containsExactly(1, 2);
  }

  // 24
  @Test
  void yieldFrom_takesIterablesAndIterators() {
    Iterator<String> iterator = List.of("b", "c").iterator();
    Generator<String> g = generator(
        y -> {
          y.yieldFrom(List.of("a"));
          y.yieldFrom(iterator);
          y.yieldFrom(List.of());
          y.yieldFrom(Iter.of("d", null));
        });
    assertThat(g.toList()).containsExactly("a", "b", "c", "d", null);
  }

  @Test
  void send_toAPlainIterator_failsInTheBody() {
    Coroutine<String, String, String> c = coroutine(
        y -> {
          try {
            y.yieldFrom(List.of("a", "b"));
            return "all";
          } catch (GeneratorException.WrongState e) {
            return e.getMessage();
          }
        });
    c.next();
    assertThatThrownBy(() -> c.send("x")).isInstanceOf(StopIteration.class);
    assertThat(c.result()).contains("send(x)").contains("plain iterator");
  }

  @Test
  void raise_atAPlainIterator_surfacesInTheBody() {
    Coroutine<String, String, String> c = coroutine(
        y -> {
          try {
            y.yieldFrom(List.of("a", "b"));
            return "all";
          } catch (IllegalArgumentException e) {
            return "caught";
          }
        });
    c.next();
    assertThatThrownBy(() -> c.raise(new IllegalArgumentException())).isInstanceOf(StopIteration.class);
    assertThat(c.result()).isEqualTo("caught");
  }

  @Test
  void close_closesACloseableDelegate() {
    List<String> log = new ArrayList<>();
    class Source implements Iter<Integer> {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Integer next() {
        return 1;
      }

      @Override
      public void close() {
        log.add("closed");
      }
    }
    Iter<Integer> source = new Source();
    Generator<Integer> g = generator(y -> y.yieldFrom(source));
    g.next();
    g.close();
    assertThat(log).containsExactly("closed");
  }

  @Test
  void yieldFrom_null_failsInTheBody() {
    Generator<String> g = generator(
        y -> {
          try {
            y.yieldFrom(nothing());
          } catch (NullPointerException e) {
            y.yield(e.getMessage());
          }
        });
    assertThat(g.next()).contains("source").contains("null");
  }

  private static List<String> nothing() {
    return null;
  }

  // 25
  private record Tree(@Nullable Tree left, int value, @Nullable Tree right) {}

  private static @Nullable Tree tree(int from, int to) {
    if (from >= to) {
      return null;
    }
    int middle = (from + to) / 2;
    return new Tree(tree(from, middle), middle, tree(middle + 1, to));
  }

  private Generator<Integer> inOrder(@Nullable Tree tree) {
    return generator(
        y -> {
          if (tree != null) {
            y.yieldFrom(inOrder(tree.left));
            y.yield(tree.value);
            y.yieldFrom(inOrder(tree.right));
          }
        });
  }

  @Test
  void recursion_walksATree() {
    assertThat(inOrder(tree(0, 100)).toList()).isEqualTo(IntStream.range(0, 100).boxed().toList());
  }

  private Generator<Integer> from(int start) {
    return generator(
        y -> {
          for (int i = start;; i++) {
            y.yield(i);
          }
        });
  }

  private Generator<Integer> sieve(Iter<Integer> numbers) {
    return generator(
        y -> {
          int prime = numbers.next();
          y.yield(prime);
          y.yieldFrom(
              sieve(
                  generator(
                      z -> {
                        for (int n : numbers) {
                          if (n % prime != 0) {
                            z.yield(n);
                          }
                        }
                      })));
        });
  }

  @Test
  void recursion_sievesPrimes() {
    List<Integer> primes = new ArrayList<>();
    for (int p : sieve(from(2))) {
      if (p > 60) {
        break;
      }
      primes.add(p);
    }
    assertThat(primes).containsExactly(2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59);
  }

  private Generator<int[]> queens(int[] columns, int row) {
    return generator(
        y -> {
          if (row == columns.length) {
            y.yield(columns.clone());
            return;
          }
          next : for (int column = 0; column < columns.length; column++) {
            for (int above = 0; above < row; above++) {
              if (columns[above] == column || Math.abs(columns[above] - column) == row - above) {
                continue next;
              }
            }
            columns[row] = column;
            y.yieldFrom(queens(columns, row + 1));
          }
        });
  }

  @Test
  void recursion_findsThe92QueensSolutions() {
    List<int[]> solutions = queens(new int[boardSize()], 0).toList();
    assertThat(solutions).hasSize(boardSize() == 8 ? 92 : 4);
    assertThat(solutions.stream().map(Arrays::toString).distinct()).hasSize(solutions.size());
  }

  /** 8, or 6 for an engine on which 8 would take long. */
  int boardSize() {
    return 8;
  }

  private static final int[][] JUMPS = {{1, 2}, {2, 1}, {2, -1}, {1, -2}, {-1, -2}, {-2, -1}, {-2, 1}, {-1, 2}};

  /** Moves to the square with the fewest ways on, by Warnsdorff's rule; yields each complete tour. */
  private Generator<int[][]> tours(int[][] board, int x, int y0, int step) {
    return generator(
        y -> {
          board[x][y0] = step;
          try {
            if (step == board.length * board.length) {
              y.yield(Arrays.stream(board).map(int[]::clone).toArray(int[][]::new));
            } else {
              List<int[]> next = new ArrayList<>(ways(board, x, y0));
              next.sort(java.util.Comparator.comparingInt(p -> ways(board, p[0], p[1]).size()));
              for (int[] p : next) {
                y.yieldFrom(tours(board, p[0], p[1], step + 1));
              }
            }
          } finally {
            board[x][y0] = 0;
          }
        });
  }

  private static List<int[]> ways(int[][] board, int x, int y) {
    return Arrays.stream(JUMPS)
        .map(jump -> new int[]{x + jump[0], y + jump[1]})
        .filter(p -> p[0] >= 0 && p[0] < board.length && p[1] >= 0 && p[1] < board.length && board[p[0]][p[1]] == 0)
        .toList();
  }

  @Test
  void recursion_findsAKnightsTour() {
    try (Generator<int[][]> tours = tours(new int[boardSize()][boardSize()], 0, 0, 1)) {
      int[][] tour = tours.next();
      assertThat(Arrays.stream(tour).flatMapToInt(Arrays::stream).sorted().boxed())
          .isEqualTo(IntStream.rangeClosed(1, boardSize() * boardSize()).boxed().toList());
    }
  }
}
