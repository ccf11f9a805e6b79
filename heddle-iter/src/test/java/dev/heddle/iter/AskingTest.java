package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** It makes no difference to the elements whether, when and how often hasNext is called. */
@Timeout(60)
class AskingTest {
  private static final Map<String, Function<Iterable<Integer>, Iter<?>>> STAGES = Map.ofEntries(
      Map.entry("map", in -> Iter.<Integer>from(in).map(e -> e + 1)),
      Map.entry("filter", in -> Iter.<Integer>from(in).filter(e -> e % 3 > 0)),
      Map.entry("takeWhile", in -> Itertools.takeWhile(e -> e < 7, in)),
      Map.entry("enumerate", in -> Itertools.enumerate(in, 5)),
      Map.entry("accumulate", in -> Itertools.accumulate(in, Integer::sum)),
      Map.entry("accumulateFrom", in -> Itertools.<Integer, Integer>accumulate(in, 100, Integer::sum)),
      Map.entry("pairwise", in -> Itertools.pairwise(in)),
      Map.entry("islice", in -> Itertools.islice(in, 1, 8, 3)),
      Map.entry("sorted", in -> Iter.<Integer>from(in).sorted(Comparator.comparingInt(e -> e % 3))),
      Map.entry("reversed", in -> Iter.<Integer>from(in).reversed()),
      Map.entry("mergeSorted", in -> Builtins.mergeSorted(in, List.of(2, 4, 20))),
      Map.entry("zipOfThree", in -> Itertools.zip(in, List.of(1, 2, 3), Itertools.count())),
      Map.entry("limit", in -> Iter.<Integer>from(in).limit(4)),
      Map.entry("skip", in -> Iter.<Integer>from(in).skip(2)),
      Map.entry("tee", in -> Itertools.tee(in).second()),
      Map.entry("chain", in -> Itertools.chain(in, List.of(), in, Iter.of(1, 2).map(e -> e))),
      Map.entry("chainOfChain", in -> Itertools.chain(Itertools.chain(in, in), List.of(7), Itertools.chain(in))),
      Map.entry("flatMap", in -> Iter.<Integer>from(in).flatMap(e -> Itertools.range(e % 4))),
      Map.entry("groupBy", in -> Itertools.groupBy(in, e -> e / 3).map(Group::key)),
      Map.entry("groups", in -> Itertools.groupBy(in, e -> e / 3).map(Iter::toList)),
      Map.entry("zip", in -> Itertools.zip(in, List.of(1, 2, 3, 4))),
      Map.entry("zipLonger", in -> Itertools.zip(List.of(1, 2, 3, 4, 5), in)),
      Map.entry("zipIter", in -> Itertools.zip(in, Itertools.count())),
      Map.entry("product", in -> Itertools.product(in, List.of("a", "b"))),
      Map.entry("productOfThree", in -> Itertools.product(in, List.of("a"), List.of(1, 2))),
      Map.entry("combinations", in -> Itertools.combinations(in, 2)),
      Map.entry("permutations", in -> Itertools.permutations(Iter.<Integer>from(in).limit(3))),
      Map.entry("stacked", in -> Iter.<Integer>from(in).map(e -> e + 1).pairwise().enumerate().skip(1).map(e -> e)));

  @TestFactory
  Stream<DynamicTest> elements_howeverAsked_areTheSame() {
    return STAGES.entrySet().stream()
        .map(stage -> DynamicTest.dynamicTest(stage.getKey(), () -> check(stage.getValue())));
  }

  private static void check(Function<Iterable<Integer>, Iter<?>> stage) {
    for (int size = 0; size < 11; size++) {
      List<Integer> numbers = Itertools.range(size).toList();
      List<Function<List<Integer>, Iterable<Integer>>> sources = List.of(list -> list, list -> Iter.from(list),
          list -> Generator.iterable(y -> y.yieldFrom(list)));
      List<Object> expected = new ArrayList<>(stage.apply(numbers).toList());
      for (int source = 0; source < sources.size(); source++) {
        for (long seed = 0; seed < 4; seed++) {
          Iterable<Integer> in = sources.get(source).apply(numbers);
          List<Object> asked = asked(stage.apply(in), seed);
          if (source != 1 || !usesItTwice(stage)) {
            assertThat(asked).as("%d elements of source %d, seed %d", size, source, seed).isEqualTo(expected);
          }
        }
      }
    }
  }

  /** Whether the stage reads its source again, which cannot give the same of an iterator. */
  private static boolean usesItTwice(Function<Iterable<Integer>, Iter<?>> stage) {
    return stage == STAGES.get("chain") || stage == STAGES.get("chainOfChain");
  }

  /** Seed 0 never asks, 1 always once, the others at random. */
  private static List<Object> asked(Iter<?> iter, long seed) {
    Random random = new Random(seed);
    List<Object> all = new ArrayList<>();
    while (true) {
      boolean expected = true;
      for (int asks = seed < 2 ? (int) seed : random.nextInt(4); asks > 0; asks--) {
        expected = iter.hasNext();
      }
      try {
        all.add(iter.next());
        assertThat(expected).isTrue();
      } catch (NoSuchElementException end) {
        assertThat(iter.hasNext()).isFalse();
        assertThatThrownBy(iter::next).isInstanceOf(NoSuchElementException.class);
        return all;
      }
    }
  }

  /** Fails once, before it hands out its second element. */
  private static Collection<Integer> failingOnce() {
    return new AbstractCollection<>() {
      @Override
      public Iterator<Integer> iterator() {
        return new Iterator<>() {
          private int asked;

          @Override
          public boolean hasNext() {
            return asked < 4;
          }

          @Override
          public Integer next() {
            if (++asked == 2) {
              throw new IllegalStateException("once");
            }
            return asked;
          }
        };
      }

      @Override
      public int size() {
        return 3;
      }
    };
  }

  @Test
  void zip_ofCollectionsWhoseSecondFails_losesNothingOfTheFirst() {
    for (boolean asking : new boolean[]{false, true}) {
      Iter<Pair<String, Integer>> zip = Itertools.zip(List.of("a", "b", "c"), failingOnce());
      assertThat(!asking || zip.hasNext()).isTrue();
      assertThat(zip.next()).isEqualTo(Pair.of("a", 1));
      assertThat(!asking || zip.hasNext()).isTrue();
      assertThatThrownBy(zip::next).hasMessage("once");
      assertThat(!asking || zip.hasNext()).isTrue();
      assertThat(zip.next()).isEqualTo(Pair.of("b", 3));
      assertThat(zip.next()).isEqualTo(Pair.of("c", 4));
      assertThat(zip.hasNext()).isFalse();
    }
  }

  @Test
  void zip_ofOneIteratorWithItself_makesPairs() {
    Iter<Integer> it = Iter.of(1, 2, 3, 4, 5);
    List<Pair<Integer, Integer>> pairs = new ArrayList<>();
    for (Pair<Integer, Integer> pair : Itertools.zip(it, it)) {
      pairs.add(pair);
    }
    assertThat(pairs).containsExactly(Pair.of(1, 2), Pair.of(3, 4));
  }
}
