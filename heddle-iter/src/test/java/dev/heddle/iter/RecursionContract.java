package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of engines for recursive generators: trees, the sieve, queens, the knight's tour. */
@Timeout(60)
abstract class RecursionContract extends EngineContract {
  RecursionContract(TestedEngine engine) {
    super(engine);
  }

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
