package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the branches of {@code tee} keep for each other: each element until the last open branch has read it. */
@Timeout(60)
class TeeTest {

  /** Branches that are read and closed in any order, some far behind the others, each read all elements. */
  @Test
  void branches_inAnyOrder_readAllElements() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int size = random.nextInt(5000);
      int n = 1 + random.nextInt(4);
      List<Iter<Integer>> branches = Itertools.tee(Itertools.range(size), n);
      int[] read = new int[n];
      List<Integer> open = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        open.add(i);
      }
      while (!open.isEmpty()) {
        int branch = open.get(random.nextInt(open.size()));
        if (random.nextInt(40) == 0) {
          branches.get(branch).close();
          open.remove(/* element */ (Integer) branch);
          continue;
        }
        for (int k = random.nextInt(1500); k >= 0 && read[branch] < size; k--) {
          assertThat(branches.get(branch).next()).as("seed %s", seed).isEqualTo(read[branch]++);
        }
        if (read[branch] == size) {
          assertThat(branches.get(branch).hasNext()).as("seed %s", seed).isFalse();
          open.remove(/* element */ (Integer) branch);
        }
      }
    }
  }

  @Test
  void branch_closedByTheSourceWhileItIsAsked_isClosedAndTheOthersLoseNothing() {
    List<Iter<Integer>> branches = new ArrayList<>();
    branches.addAll(Itertools.tee(Itertools.range(3).peek(n -> {
      if (n == 1) {
        branches.get(0).close();
      }
    }), 2));
    assertThat(branches.get(0).next()).isZero();
    assertThatThrownBy(branches.get(0)::hasNext).isInstanceOf(IllegalStateException.class);
    assertThat(branches.get(1).toList()).containsExactly(0, 1, 2);
  }

  @Test
  void branch_closedByTheSourceWhileItReads_losesNothingForTheOthers() {
    List<Iter<Integer>> branches = new ArrayList<>();
    Iterator<Integer> source = new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Integer next() {
        if (next == 1) {
          branches.get(0).close();
        }
        return next++;
      }
    };
    branches.addAll(Itertools.tee(Iter.fromIterator(source), 2));
    assertThat(branches.get(0).next()).isZero();
    assertThat(branches.get(0).next()).isEqualTo(1);
    assertThatThrownBy(branches.get(0)::next).isInstanceOf(IllegalStateException.class);
    assertThat(branches.get(1).limit(3).toList()).containsExactly(0, 1, 2);
  }
}
