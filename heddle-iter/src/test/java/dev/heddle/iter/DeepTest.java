package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Pipelines 100,000 stages deep: none may need a stack that deep, neither to read nor to close. */
@Timeout(60)
class DeepTest {
  private static final int DEPTH = 100_000;

  private static Iter<Integer> deep(Iter<Integer> source, UnaryOperator<Iter<Integer>> stage) {
    Iter<Integer> iter = source;
    for (int i = 0; i < DEPTH; i++) {
      iter = stage.apply(iter);
    }
    return iter;
  }

  private static DynamicTest keepsElements(String name, UnaryOperator<Iter<Integer>> stage) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          Probe probe = new Probe(3);
          Iter<Integer> iter = deep(Iter.from(probe), stage);
          assertThat(iter.hasNext()).isTrue();
          assertThat(iter.next()).isEqualTo(0);
          assertThat(iter.next()).isEqualTo(1);
          iter.close();
          assertThat(probe.closed).isEqualTo(1);
          assertThatThrownBy(iter::hasNext).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        });
  }

  @TestFactory
  Stream<DynamicTest> everyStage_readsAndClosesWithoutOverflow() {
    return Stream.of(
        keepsElements("filter", iter -> iter.filter(x -> true)),
        keepsElements("filterFalse", iter -> iter.filterFalse(x -> false)),
        keepsElements("takeWhile", iter -> iter.takeWhile(x -> true)),
        keepsElements("dropWhile", iter -> iter.dropWhile(x -> false)),
        keepsElements("limit", iter -> iter.limit(10)),
        keepsElements("flatMap", iter -> iter.flatMap(List::of)),
        keepsElements("accumulate", iter -> iter.accumulate((a, b) -> b)),
        keepsElements("batched", iter -> iter.batched(1).map(List::getFirst)),
        keepsElements("pairwise", iter -> iter.chain(List.of(3)).pairwise().map(Pair::first)),
        keepsElements("groupBy", iter -> iter.groupBy(x -> x).map(Group::key)),
        keepsElements("group elements", iter -> iter.groupBy(x -> 0).flatMap(g -> g)),
        keepsElements("zip", iter -> iter.zip(Itertools.repeat(0)).map(Pair::first)),
        keepsElements("zip second", iter -> Itertools.zip(List.of(0, 0), iter).map(Pair::second)),
        keepsElements("zipLongest", iter -> Itertools.zipLongest(iter, List.of(), 0, 0).map(Pair::first)),
        keepsElements("enumerate", iter -> iter.enumerate().map(Indexed::value)),
        keepsElements("chain left", iter -> iter.chain(List.of(9))),
        keepsElements("chain right", iter -> Itertools.chain(List.of(), iter)),
        keepsElements("chain middle", iter -> Itertools.chain(List.of(), iter, List.of())),
        keepsElements("chainFromIterable", iter -> Itertools.chainFromIterable(List.of(iter))),
        keepsElements("compress", iter -> Itertools.compress(iter, Itertools.repeat(true))),
        keepsElements("cycle", Itertools::cycle),
        keepsElements("sorted", iter -> iter.sorted(Comparator.<Integer>naturalOrder())),
        keepsElements("mergeSorted", iter -> Builtins.mergeSorted(iter, List.of())),
        keepsElements("tee", iter -> Itertools.tee(iter, 1).getFirst()),
        keepsElements("roundRobin", iter -> Recipes.roundRobin(iter)),
        keepsElements("uniqueEverSeen", Recipes::uniqueEverSeen),
        keepsElements("slidingWindow", iter -> Recipes.slidingWindow(iter, 1).map(List::getFirst)),
        keepsElements("splitAt", iter -> MoreItertools.splitBefore(iter, x -> true).map(List::getFirst)),
        keepsElements("peek", iter -> iter.peek(x -> {})),
        keepsElements("peekable", MoreItertools::peekable),
        keepsElements("seekable", MoreItertools::seekable),
        keepsElements("gather", iter -> iter.gather(Gatherers.scan(() -> 0, (a, b) -> b))));
  }

  @Test
  void map_countsItsDepth() {
    assertThat(deep(Itertools.range(3), iter -> iter.map(x -> x + 1)).toList()).containsExactly(DEPTH, DEPTH + 1, DEPTH + 2);
  }

  @Test
  void tail_readsThroughTheDepth() {
    assertThat(deep(Itertools.range(3), iter -> Recipes.tail(2, iter)).toList()).containsExactly(1, 2);
  }

  @Test
  void accumulateAsInt_readsThroughTheDepth() {
    IntIter iter = Itertools.range(2);
    for (int i = 0; i < DEPTH; i++) {
      iter = iter.accumulateAsInt(Integer::sum);
    }
    assertThat(iter.nextInt()).isZero();
    assertThat(iter.nextInt()).isEqualTo(1);
    assertThat(iter.hasNext()).isFalse();
  }

  @Test
  void chain_grownOnTheLeft_costsTheSameForEachElement() {
    Iter<Integer> iter = Itertools.range(0);
    for (int i = 0; i < DEPTH; i++) {
      iter = iter.chain(List.of(i));
    }
    assertThat(iter.toList()).hasSize(DEPTH).startsWith(0, 1, 2).endsWith(DEPTH - 1);
  }

  @Test
  void chain_grownOnTheRight_costsTheSameForEachElement() {
    Iter<Integer> iter = Itertools.range(0);
    for (int i = 0; i < DEPTH; i++) {
      iter = Itertools.chain(List.of(i), iter);
    }
    assertThat(iter.toList()).hasSize(DEPTH).startsWith(DEPTH - 1, DEPTH - 2).endsWith(0);
  }

  @Test
  void flatMap_recursiveTreeWalk_needsNoDeepStack() {
    record Node(int value, List<Node> children) {
      Iter<Integer> walk() {
        return Itertools.chain(List.of(value), Iter.from(children).flatMap(Node::walk));
      }
    }
    Node tree = new Node(0, List.of());
    for (int i = 1; i < 6_000; i++) {
      tree = new Node(i, List.of(tree));
    }
    Iter<Integer> walk = tree.walk();
    assertThat(Recipes.nth(walk, 2_999, -1)).isEqualTo(3_000);
    walk.close();
  }

  @Test
  void collapse_ofDeepNesting() {
    Object nest = 7;
    for (int i = 0; i < DEPTH; i++) {
      nest = List.of(nest);
    }
    assertThat(MoreItertools.collapse(List.of(nest)).toList()).containsExactly(7);
  }

  @Test
  void failure_inTheDepth_leavesThePipelineUsable() {
    Iter<Integer> middle = deep(Itertools.range(3), iter -> iter.filter(x -> true))
        .map(
            x -> {
              if (x == 1) {
                throw new IllegalStateException("one");
              }
              return x;
            });
    Iter<Integer> top = deep(middle, iter -> iter.filter(x -> true));
    assertThat(top.next()).isZero();
    org.assertj.core.api.Assertions.assertThatThrownBy(top::next).hasMessage("one");
    assertThat(top.toList()).containsExactly(2);
  }
}
