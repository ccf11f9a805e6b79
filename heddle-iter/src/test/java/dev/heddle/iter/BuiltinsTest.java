package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sorting, merging, extremes, sums, and functions of several sources. */
@Timeout(60)
class BuiltinsTest {
  private static final Comparator<String> BY_LENGTH = Comparator.comparingInt(String::length);

  @Test
  void sorted_isStableAndLazy() {
    assertThat(Builtins.sorted(List.of(3, 1, 2))).containsExactly(1, 2, 3);
    Probe probe = new Probe(4);
    Iter<Integer> sorted = Iter.<Integer>from(probe).sorted(Comparator.comparingInt(n -> n % 2));
    assertThat(probe.pulled).isZero();
    assertThat(sorted.next()).isZero();
    assertThat(probe.closed).isEqualTo(1);
    assertThat(sorted.toList()).containsExactly(2, 1, 3);
    assertThat(sorted.hasNext()).isFalse();
    assertThat(Iter.of(1).sorted(Comparator.<Integer>naturalOrder()).limit(0).toList()).isEmpty();
  }

  @Test
  void sorted_whoseOrderFails_canBeAskedAgain() {
    boolean[] failing = {true};
    Iter<Integer> sorted = Iter.of(2, 1).sorted((a, b) -> {
      if (failing[0]) {
        throw new IllegalArgumentException("order");
      }
      return Integer.compare(a, b);
    });
    assertThatThrownBy(sorted::next).hasMessage("order");
    failing[0] = false;
    assertThat(sorted.toList()).containsExactly(1, 2);
  }

  @Test
  void reversed_handsOutTheLastFirst_nullsToo() {
    Iter<@Nullable Integer> reversed = Iter.<@Nullable Integer>of(1, null, 3).reversed();
    assertThat(reversed.toList()).containsExactly(3, null, 1);
  }

  @Test
  void minAndMax_areTheFirstOfEqualOnes() {
    assertThat(Builtins.min(List.of(2, 1, 3))).contains(1);
    assertThat(Builtins.max(Iter.of(2, 1, 3))).contains(3);
    assertThat(Builtins.max(List.<Integer>of())).isEmpty();
  }

  @Test
  void sums_ofWholeNumbersOnly_unlessAskedForDoubles() {
    assertThat(Builtins.sumLong(List.of(1, 2L, (short) 3, (byte) 4))).isEqualTo(10);
    assertThat(Builtins.sumDouble(List.of(1, 0.5))).isEqualTo(1.5);
    assertThatThrownBy(() -> Builtins.sumLong(List.of(1, 0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Double 0.5; use sumDouble");
    assertThatThrownBy(() -> Builtins.sumLong(List.of(Long.MAX_VALUE, 1))).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void zipAndMap_ofThree_endWithTheShortest() {
    assertThat(Itertools.zip(List.of(1, 2), List.of("a", "b"), Itertools.count(0.5, 1)).toList())
        .hasToString("[(1, a, 0.5), (2, b, 1.5)]");
    assertThat(Builtins.map((x, y, z) -> x + y + z, List.of(1, 2), List.of(10), List.of(100)).toList()).containsExactly(111);
    assertThat(Builtins.map(Math::max, List.of(1, 5), List.of(3, 4)).toList()).containsExactly(3, 5);
    Probe probe = Probe.endless();
    Itertools.zip(List.of(1), List.of(2), probe).close();
    assertThat(probe.closed).isEqualTo(1);
  }

  @Test
  void mergeSorted_isLazyAndPrefersEarlierSources() {
    assertThat(Builtins.mergeSorted(Itertools.count(0, 2), Itertools.count(1, 2)).limit(5).toList())
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(Builtins.mergeSorted(BY_LENGTH, List.of("a", "bb"), List.of(), List.of("c", "dd", "eee")).toList())
        .containsExactly("a", "c", "bb", "dd", "eee");
    assertThat(Builtins.<Integer>mergeSorted().toList()).isEmpty();
    Probe probe = Probe.endless();
    Iter<Integer> merged = Builtins.mergeSorted(probe, List.of(1, 2));
    assertThat(merged.next()).isZero();
    assertThat(probe.pulled).isEqualTo(1);
    merged.close();
    assertThat(probe.closed).isEqualTo(1);
    assertThatThrownBy(merged::next).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void mergeSortedAndNLargest_agreeWithSorting() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<List<String>> sources = new ArrayList<>();
      List<String> all = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        List<String> source = new ArrayList<>();
        for (int k = random.nextInt(90); k > 0; k--) {
          source.add("x".repeat(random.nextInt(20)) + i + "." + k);
        }
        source.sort(BY_LENGTH);
        sources.add(source);
        all.addAll(source);
      }
      List<String> sorted = new ArrayList<>(all);
      sorted.sort(BY_LENGTH);
      @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a parameterized type
      Iterable<String>[] array = sources.toArray(new Iterable[0]);
      assertThat(Builtins.mergeSorted(BY_LENGTH, array).toList()).isEqualTo(sorted);
      int n = random.nextInt(100);
      assertThat(Builtins.nSmallest(n, all, BY_LENGTH)).isEqualTo(sorted.subList(0, Math.min(n, sorted.size())));
      List<String> descending = new ArrayList<>(all);
      descending.sort(BY_LENGTH.reversed());
      assertThat(Builtins.nLargest(n, all, BY_LENGTH)).isEqualTo(descending.subList(0, Math.min(n, sorted.size())));
    }
    assertThat(Builtins.nLargest(2, List.of(1, 3, 2))).containsExactly(3, 2);
    assertThat(Builtins.nSmallest(0, Arrays.asList(1, 3, 2))).isEmpty();
    assertThat(Builtins.nSmallest(Integer.MAX_VALUE, List.of(3, 2))).containsExactly(2, 3);
  }
}
