package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is closed when, and what is left usable after an error. */
class ClosingTest {

  private static final Map<String, Function<Probe, Iter<?>>> STAGES = Map.ofEntries(
      Map.entry("from", Iter::from),
      Map.entry("fromIterator", p -> Iter.fromIterator(p)),
      Map.entry("map", p -> Iter.from(p).map(x -> x)),
      Map.entry("filter", p -> Iter.from(p).filter(x -> true)),
      Map.entry("flatMap outer", p -> Iter.from(p).flatMap(List::of)),
      Map.entry("flatMap inner", p -> Iter.of(1).flatMap(x -> p)),
      Map.entry("limit", p -> Itertools.islice(p, 2)),
      Map.entry("takeWhile", p -> Itertools.takeWhile(x -> x < 2, p)),
      Map.entry("dropWhile", p -> Itertools.dropWhile(x -> x < 1, p)),
      Map.entry("accumulate", p -> Itertools.accumulate(p, Integer::sum)),
      Map.entry("batched", p -> Itertools.batched(p, 2)),
      Map.entry("pairwise", Itertools::pairwise),
      Map.entry("enumerate", Itertools::enumerate),
      Map.entry("groupBy", Itertools::groupBy),
      Map.entry("cycle", Itertools::cycle),
      Map.entry("zip first", p -> Itertools.zip(p, List.of(1, 2))),
      Map.entry("zip second", p -> Itertools.zip(List.of(1, 2), p)),
      Map.entry("zipLongest", p -> Itertools.zipLongest(List.of(1, 2), p)),
      Map.entry("compress data", p -> Itertools.compress(p, Itertools.repeat(true))),
      Map.entry("compress selectors", p -> Itertools.compress(List.of(1, 2), Iter.from(p).map(x -> x >= 0))),
      Map.entry("chain", p -> Itertools.chain(List.of(1), p)),
      Map.entry("chain passed", p -> Itertools.chain(Iter.from(p).limit(0), List.of(1, 2))),
      Map.entry("chain of chain", p -> Itertools.chain(Itertools.chain(Iter.from(p).limit(0), List.of(1)), List.of(2))),
      Map.entry("chain not reached", p -> Itertools.chain(List.of(1), List.of(2, 3), p)),
      Map.entry("chainFromIterable", p -> Itertools.chainFromIterable(List.of(Iter.from(p).limit(1), List.of(1)))),
      Map.entry("roundRobin", p -> Recipes.roundRobin(List.of(1), p)),
      Map.entry("slidingWindow", p -> Recipes.slidingWindow(p, 2)),
      Map.entry("uniqueEverSeen", Recipes::uniqueEverSeen),
      Map.entry("splitAt", p -> MoreItertools.splitAt(p, x -> true)),
      Map.entry("spy", p -> MoreItertools.spy(p, 2).second()),
      Map.entry("collapse", p -> MoreItertools.collapse(List.of(1, p))),
      Map.entry("peekable", MoreItertools::peekable),
      Map.entry("seekable", MoreItertools::seekable),
      Map.entry("gather", p -> Iter.from(p).gather(Gatherers.windowFixed(1))),
      Map.entry("serialize", Itertools::serialize),
      Map.entry("tee", p -> Itertools.tee(p, 1).getFirst()),
      Map.entry("concurrentTee", p -> Itertools.concurrentTee(p, 1).getFirst()));

  @TestFactory
  Stream<DynamicTest> close_closesTheSourceOnceAndEnds() {
    return STAGES.entrySet().stream()
        .map(
            e -> DynamicTest.dynamicTest(
                e.getKey(),
                () -> {
                  Probe probe = Probe.endless();
                  Iter<?> iter = e.getValue().apply(probe);
                  assertThat(iter.hasNext()).isTrue();
                  iter.next();
                  boolean ahead = iter.hasNext();
                  assertThat(ahead).as("an element computed ahead, or none: both are forgotten").isIn(true, false);
                  iter.close();
                  iter.close();
                  assertThat(probe.closed).isEqualTo(1);
                  if (e.getKey().equals("serialize")) { // one thread ends the loops of the others by closing it
                    assertThat(iter.hasNext()).isFalse();
                    assertThatThrownBy(iter::next)
                        .isInstanceOf(NoSuchElementException.class)
                        .hasMessageContaining("closed");
                  } else {
                    assertThatThrownBy(iter::hasNext).isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("closed");
                    assertThatThrownBy(iter::next).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
                    assertThatThrownBy(iter::toList).isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("closed");
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> close_beforeTheFirstElement_closesTheSource() {
    return STAGES.entrySet().stream()
        .filter(e -> !List.of("flatMap inner", "chainFromIterable", "collapse").contains(e.getKey())) // not known yet
        .map(
            e -> DynamicTest.dynamicTest(
                e.getKey(),
                () -> {
                  Probe probe = Probe.endless();
                  e.getValue().apply(probe).close();
                  assertThat(probe.closed).isEqualTo(1);
                }));
  }

  @Test
  void end_releasesTheSourceWithoutClose() {
    Probe probe = new Probe(2);
    Iter<Integer> iter = Iter.<Integer>from(probe).map(x -> x);
    iter.next();
    iter.next();
    assertThat(probe.closed).isZero();
    assertThat(iter.hasNext()).isFalse();
    assertThat(probe.closed).isEqualTo(1);
    assertThatThrownBy(iter::next).isInstanceOf(NoSuchElementException.class).hasMessageContaining("run to its end");
  }

  @Test
  void limit_leavesTheSourceOpenForOthers() {
    Probe probe = Probe.endless();
    Iter<Integer> source = Iter.from(probe);
    Iter<Integer> two = source.limit(2);
    assertThat(List.of(two.next(), two.next(), two.hasNext())).containsExactly(0, 1, false);
    assertThat(probe.closed).isZero();
    assertThat(source.next()).isEqualTo(2);
  }

  @Test
  void chainFromIterable_leavesWhatOthersStillRead() {
    Iter<Integer> source = Itertools.range(5);
    assertThat(Itertools.chainFromIterable(List.of(source.limit(2), List.of(9), source)).toList())
        .containsExactly(0, 1, 9, 2, 3, 4);
  }

  @Test
  void flatMap_closesEachSourceWhenItIsThrough() {
    Probe first = Probe.endless();
    Iter<Integer> iter = Iter.of(first, new Probe(1)).flatMap(p -> Iter.<Integer>from(p).limit(2));
    Recipes.consume(iter, 3);
    assertThat(first.closed).isEqualTo(1);
  }

  @Test
  void tee_closesTheSourceWithTheLastBranch() {
    Probe probe = Probe.endless();
    List<Iter<Integer>> branches = Itertools.tee(probe, 3);
    branches.get(0).close();
    branches.get(0).close();
    branches.get(1).close();
    assertThat(probe.closed).isZero();
    assertThat(branches.get(2).next()).isZero();
    branches.get(2).close();
    assertThat(probe.closed).isEqualTo(1);
  }

  @Test
  void tee_errorInTheSource_reachesOneAndLosesNothing() {
    Probe probe = new Probe(3);
    probe.failAt = 1;
    Pair<Iter<Integer>, Iter<Integer>> both = Itertools.tee(probe);
    assertThat(both.first().next()).isZero();
    assertThatThrownBy(both.first()::next).hasMessage("element 1");
    assertThat(both.second().toList()).containsExactly(0, 1, 2);
    assertThat(both.first().toList()).containsExactly(1, 2);
    assertThat(probe.closed).isEqualTo(1);
  }

  @Test
  void zip_errorInTheSecondSource_keepsTheElementOfTheFirst() {
    Probe probe = new Probe(3);
    probe.failAt = 1;
    Iter<Pair<String, Integer>> zipped = Itertools.zip(List.of("a", "b", "c"), probe);
    assertThat(zipped.next()).hasToString("(a, 0)");
    assertThatThrownBy(zipped::next).hasMessage("element 1");
    assertThat(zipped.toList()).hasToString("[(b, 1), (c, 2)]");
  }

  @Test
  void sink_thatFails_leavesTheRest() {
    Probe probe = Probe.endless();
    Iter<Integer> iter = Iter.from(probe);
    assertThatThrownBy(
        () -> iter.forEach(
            x -> {
              throw new IllegalArgumentException("consumer");
            }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(probe.closed).isZero();
    assertThat(iter.next()).isEqualTo(1);
  }

  @Test
  void close_oneSourceFails_theOthersAreClosed() {
    Probe bad = Probe.endless();
    bad.failClosing = true;
    Probe worse = Probe.endless();
    worse.failClosing = true;
    Probe good = Probe.endless();
    Iter<?> iter = Itertools.zipAll(List.of(bad, worse, good));
    assertThatThrownBy(iter::close)
        .hasMessage("closing")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(good.closed).isEqualTo(1);
    assertThatCode(iter::close).doesNotThrowAnyException();
  }

  @Test
  void close_checkedError_isWrapped() {
    class Source implements Iterable<String>, AutoCloseable {
      @Override
      public java.util.Iterator<String> iterator() {
        return List.of("a").iterator();
      }

      @Override
      public void close() throws IOException {
        throw new IOException("disk");
      }
    }
    assertThatThrownBy(Iter.from(new Source())::close).isInstanceOf(UncheckedIOException.class).hasRootCauseMessage("disk");
  }

  @Test
  void fromStream_closesTheStreamAtItsEnd() {
    boolean[] closed = new boolean[1];
    assertThat(Iter.fromStream(Stream.of(1, 2).onClose(() -> closed[0] = true)).toList()).containsExactly(1, 2);
    assertThat(closed[0]).isTrue();
  }

  @Test
  void groupElements_closing_leavesTheGroups() {
    Iter<Group<Integer, Integer>> groups = Itertools.groupBy(List.of(1, 1, 1, 2, 2));
    Group<Integer, Integer> first = groups.next();
    first.next();
    first.close();
    assertThatThrownBy(first::hasNext).isInstanceOf(IllegalStateException.class);
    assertThat(groups.next().toList()).containsExactly(2, 2);
  }

  @Test
  void recipesThatReturnAValue_leaveAnIterOpenAndCloseOthers() {
    Probe probe = Probe.endless();
    assertThat(Recipes.take(2, probe)).containsExactly(0, 1);
    assertThat(probe.closed).isEqualTo(1);
    Probe kept = Probe.endless();
    Iter<Integer> iter = Iter.from(kept);
    assertThat(Recipes.take(2, iter)).containsExactly(0, 1);
    assertThat(Recipes.nth(iter, 1)).contains(3);
    assertThat(MoreItertools.first(iter)).isEqualTo(4);
    assertThat(kept.closed).isZero();
    assertThat(kept.pulled).isEqualTo(5);
  }
}
