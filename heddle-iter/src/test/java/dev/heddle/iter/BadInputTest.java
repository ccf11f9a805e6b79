package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collector;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Wrong arguments: refused at once, by errors that name the argument, its value, the rule and the remedy. */
class BadInputTest {
  private static final List<Integer> XS = List.of(1, 2, 3);

  private static DynamicTest refused(String message, ThrowingCallable call) {
    return DynamicTest.dynamicTest(
        message, () -> assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message));
  }

  @TestFactory
  Stream<DynamicTest> wrongNumber_isRefusedAtOnce() {
    return Stream.of(
        refused("start must not be negative, but was -1; an iterator cannot be read", () -> Itertools.islice(XS, -1, 2)),
        refused("stop must not be less than start = 3, but was 1; use Long.MAX_VALUE", () -> Itertools.islice(XS, 3, 1)),
        refused("stop must not be less than start = 0, but was -2", () -> Itertools.islice(XS, -2)),
        refused("step must be at least 1, but was 0", () -> Itertools.islice(XS, 0, 1, 0)),
        refused("step must be at least 1, but was -1", () -> Itertools.islice(XS, 0, 1, -1)),
        refused("step must not be 0; use repeat(start)", () -> Itertools.range(0, 1, 0)),
        refused("step must not be 0; use repeat(start)", () -> Itertools.range(0L, 1L, 0L)),
        refused("n must be at least 1, but was 0; it says how many elements a batch has", () -> Itertools.batched(XS, 0)),
        refused("n must be at least 1, but was -2", () -> Itertools.batchedStrict(XS, -2)),
        refused("n must be at least 1, but was 0", () -> Recipes.slidingWindow(XS, 0)),
        refused("n must be at least 1, but was 0", () -> Recipes.grouper(XS, 0, 0)),
        refused("times must not be negative, but was -1", () -> Itertools.repeat("x", -1)),
        refused("repeat must not be negative, but was -1", () -> Itertools.productRepeat(-1, XS)),
        refused("r must not be negative, but was -1", () -> Itertools.permutations(XS, -1)),
        refused("r must not be negative, but was -1", () -> Itertools.combinations(XS, -1)),
        refused("r must not be negative, but was -1", () -> Itertools.combinationsWithReplacement(XS, -1)),
        refused("r must not be negative, but was -1", () -> MoreItertools.distinctPermutations(XS, -1)),
        refused("n must not be negative, but was -1", () -> Itertools.tee(XS, -1)),
        refused("n must not be negative, but was -1", () -> Itertools.concurrentTee(XS, -1)),
        refused("n must not be negative, but was -1", () -> Recipes.take(-1, XS)),
        refused("n must not be negative, but was -1", () -> Recipes.tail(-1, XS)),
        refused("n must not be negative, but was -1", () -> Recipes.nth(XS, -1)),
        refused("n must not be negative, but was -1", () -> Recipes.consume(XS, -1)),
        refused("count must not be negative, but was -1", () -> Iter.from(XS).limit(-1)),
        refused("count must not be negative, but was -1", () -> Iter.from(XS).skip(-1)),
        refused("maxKept must not be negative, but was -1", () -> MoreItertools.seekable(XS, -1)),
        refused("maxSplits must not be negative, but was -1", () -> MoreItertools.splitAt(XS, x -> true, -1)),
        refused("levels must not be negative, but was -1", () -> MoreItertools.collapse(XS, -1)),
        refused("index must not be negative, but was -1", () -> MoreItertools.seekable(XS).seek(-1)),
        refused("limit must not be negative, but was -1 s", () -> MoreItertools.timeLimited(Duration.ofSeconds(-1), XS)),
        refused("kernel must have at least one number", () -> Recipes.convolve(XS)),
        refused("source must have exactly one element, but has 1, 2", () -> MoreItertools.one(XS)),
        refused("source must have exactly one element, but has none", () -> MoreItertools.one(List.of())));
  }

  private static DynamicTest nullRefused(String argument, ThrowingCallable call) {
    return DynamicTest.dynamicTest(
        argument,
        () -> assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(argument + " must not be null"));
  }

  @TestFactory
  @SuppressWarnings("NullAway") // what a caller without null checks may do
  Stream<DynamicTest> nullArgument_isNamedAtOnce() {
    return Stream.of(
        nullRefused("source", () -> Iter.from(null)),
        nullRefused("iterator", () -> Iter.fromIterator(null)),
        nullRefused("stream", () -> Iter.fromStream(null)),
        nullRefused("text", () -> Iter.ofCharacters(null)),
        nullRefused("fn", () -> Iter.from(XS).map(null)),
        nullRefused("fn", () -> Iter.from(XS).flatMap(null)),
        nullRefused("predicate", () -> Iter.from(XS).filter(null)),
        nullRefused("predicate", () -> Itertools.takeWhile(null, XS)),
        nullRefused("source", () -> Itertools.takeWhile(x -> true, null)),
        nullRefused("next", () -> Iter.from(XS).chain(null)),
        nullRefused("sources", () -> Itertools.chain((Iterable<Integer>[]) null)),
        nullRefused("sources[1]", () -> Itertools.chain(XS, null)),
        nullRefused("sources", () -> Itertools.chainFromIterable(null)),
        nullRefused("sources[1]", () -> Itertools.zipAll(Arrays.asList(XS, null))),
        nullRefused("sources[0]", () -> Itertools.product((Iterable<Integer>) null)),
        nullRefused("selectors", () -> Itertools.compress(XS, null)),
        nullRefused("second", () -> Itertools.zip(XS, null)),
        nullRefused("key", () -> Itertools.groupBy(XS, null)),
        nullRefused("source", () -> Itertools.tee(null, 0)),
        nullRefused("source", () -> Itertools.permutations(null)),
        nullRefused("source", () -> Recipes.take(1, null)),
        nullRefused("kernel", () -> Recipes.convolve(XS, (double[]) null)),
        nullRefused("stop", () -> Recipes.iterExcept(() -> 1, null)),
        nullRefused("op", () -> Itertools.range(1).accumulateAsInt(null)),
        nullRefused("action", () -> Iter.from(XS).forEach(null)),
        nullRefused("order", () -> MoreItertools.distinctPermutations(XS, 1, null)));
  }

  @Test
  void next_afterTheEnd_namesTheRemedy() {
    for (Iter<?> iter : List.<Iter<?>>of(
        Iter.of(),
        Iter.from(XS).filter(x -> false),
        Itertools.range(0),
        Itertools.range(0L, 0L),
        Itertools.repeat(1, 0))) {
      assertThatThrownBy(iter::next)
          .isInstanceOf(NoSuchElementException.class)
          .hasMessageContaining("run to its end")
          .hasMessageContaining("hasNext()");
    }
  }

  @Test
  void batchedStrict_shortLastBatch_isNamedAndEndsTheIteration() {
    Iter<List<Integer>> batches = Itertools.batchedStrict(XS, 2);
    assertThat(batches.next()).containsExactly(1, 2);
    assertThatThrownBy(batches::next)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the last batch has 1 elements, but every batch must have n = 2")
        .hasMessageContaining("[3]");
    assertThat(batches.hasNext()).isFalse();
  }

  @Test
  void zipStrict_unequalLengths_saysWhichIsShorter() {
    assertThatThrownBy(() -> Itertools.zipStrict(XS, List.of(1)).toList())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("argument 2 is shorter than argument 1");
    assertThatThrownBy(() -> Itertools.zipAllStrict(List.of(XS, XS, List.of(1, 2, 3, 4))).toList())
        .hasMessageContaining("argument 3 is longer than arguments 1 to 2");
    assertThat(Itertools.zipStrict(XS, XS).count()).isEqualTo(3);
  }

  @Test
  void flatMap_functionReturnsNull_namesTheElement() {
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    Iter<Object> iter = Iter.from(XS).flatMap(x -> null);
    assertThatThrownBy(iter::next).isInstanceOf(NullPointerException.class).hasMessageContaining("returned null for 1");
  }

  @Test
  void count_beyondItsType_isAnErrorAndNoWrapAround() {
    IntIter ints = Itertools.count(Integer.MAX_VALUE - 1);
    assertThat(ints.nextInt()).isEqualTo(Integer.MAX_VALUE - 1);
    assertThat(ints.nextInt()).isEqualTo(Integer.MAX_VALUE);
    assertThatThrownBy(ints::nextInt).isInstanceOf(ArithmeticException.class).hasMessageContaining("count(0L, 1L)");
    LongIter longs = Itertools.count(Long.MIN_VALUE + 1, -1L);
    assertThat(List.of(longs.nextLong(), longs.nextLong())).containsExactly(Long.MIN_VALUE + 1, Long.MIN_VALUE);
    assertThatThrownBy(longs::nextLong).isInstanceOf(ArithmeticException.class).hasMessageContaining("BigInteger");
  }

  @Test
  void seekable_elementNoLongerKept_isNamed() {
    Seekable<Integer> seekable = MoreItertools.seekable(Itertools.range(100), 3);
    Recipes.consume(seekable, 50);
    assertThat(seekable.elements()).containsExactly(47, 48, 49);
    seekable.seek(47);
    assertThat(seekable.next()).isEqualTo(47);
    assertThatThrownBy(() -> seekable.seek(46)).hasMessageContaining("index must be 47 or more, but was 46");
    seekable.seek(60);
    assertThat(seekable.next()).isEqualTo(60);
  }

  @Test
  void peekable_closed_takesNothingBack() {
    Peekable<Integer> peekable = MoreItertools.peekable(XS);
    peekable.close();
    assertThatThrownBy(() -> peekable.prepend(1)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    assertThatThrownBy(peekable::peek).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without null checks may do
  void product_nullSource_isRefusedBeforeAnyIsRead() {
    Iter<Integer> first = Iter.from(XS);
    assertThatThrownBy(() -> Itertools.product(first, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("sources[1] must not be null");
    assertThat(first.toList()).isEqualTo(XS);
  }

  @Test
  void productRepeat_moreColumnsThanAnArrayHas_isRefusedBeforeAnyIsRead() {
    Iter<Integer> first = Iter.from(XS);
    assertThatThrownBy(() -> Itertools.productRepeat(Integer.MAX_VALUE, first, XS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("repeat must be at most 1073741823 for 2 sources, but was 2147483647");
    assertThat(first.toList()).isEqualTo(XS);
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without null checks may do
  void distinctPermutations_nullOrder_isRefusedBeforeTheSourceIsRead() {
    Iter<Integer> source = Iter.from(XS);
    assertThatThrownBy(() -> MoreItertools.distinctPermutations(source, 1, null)).hasMessage("order must not be null");
    assertThat(source.toList()).isEqualTo(XS);
  }

  @Test
  void slidingWindow_widerThanMemory_costsWhatItHolds() {
    assertThat(Recipes.slidingWindow(XS, Integer.MAX_VALUE).toList()).isEmpty();
    assertThat(Recipes.slidingWindow(Itertools.range(100), 90).count()).isEqualTo(11);
  }

  @Test
  void timeLimited_limitBeyondTheClock_isNone() {
    Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
    assertThat(MoreItertools.timeLimited(ages, XS).toList()).isEqualTo(XS);
  }

  @Test
  void nextOr_generatorThatHasEnded_isTheOther() {
    Generator<Integer> generator = Generator.of(y -> y.yield(1));
    assertThat(generator.next()).isEqualTo(1);
    for (int i = 0; i < 3; i++) {
      assertThat(generator.nextOr(-1)).isEqualTo(-1);
    }
  }

  @Test
  void spy_nullElements_areElements() {
    var spied = MoreItertools.<@Nullable Integer>spy(Arrays.asList(null, 1, 2), 2);
    assertThat(spied.first()).containsExactly(null, 1);
    assertThat(spied.second().toList()).containsExactly(null, 1, 2);
  }

  @Test
  void collect_supplierFails_takesNothing() {
    Probe probe = Probe.endless();
    Iter<Integer> iter = Iter.from(probe);
    Collector<Integer, Object, Object> broken = Collector.of(
        () -> {
          throw new IllegalStateException("no container");
        },
        (all, e) -> {},
        (a, b) -> a);
    assertThatThrownBy(() -> iter.collect(broken)).hasMessage("no container");
    assertThat(probe.closed).isZero();
    assertThat(iter.next()).isZero();
  }
}
