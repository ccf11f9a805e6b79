package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPython's functions: the examples of its documentation's kind, and the documented traps. */
@Timeout(30)
class ItertoolsTest {
  private static final Iterable<String> ABC = List.of("A", "B", "C");

  private static Iter<String> letters(String text) {
    return Iter.ofCharacters(text);
  }

  @Test
  void count_inDoubles_takenWhileBelowAThousand() {
    List<Double> values = Itertools.takeWhile(n -> n < 1000, Itertools.count(1, 2.5)).toList();
    assertThat(values).hasSize(400).startsWith(1.0, 3.5, 6.0).endsWith(998.5);
  }

  @Test
  void count_unboxed() {
    IntIter ints = Itertools.count(10, -3);
    assertThat(new int[]{ints.nextInt(), ints.nextInt(), ints.nextInt()}).containsExactly(10, 7, 4);
    assertThat(Itertools.count(1L << 40).limit(2).toList()).containsExactly(1L << 40, (1L << 40) + 1);
    assertThat(Itertools.count().limit(3).toList()).containsExactly(0, 1, 2);
  }

  @Test
  void range_likePython() {
    assertThat(Itertools.range(1, 11, 2).toList()).containsExactly(1, 3, 5, 7, 9);
    assertThat(Itertools.range(3, 0, -1).toList()).containsExactly(3, 2, 1);
    assertThat(Itertools.range(3, 0).toList()).isEmpty();
    assertThat(Itertools.range(Integer.MIN_VALUE, Integer.MAX_VALUE).count()).isEqualTo((1L << 32) - 1);
    assertThat(Itertools.range(1, 101).sum()).isEqualTo(5050);
    assertThat(Itertools.range(4).toIntArray()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void range_ofAllLongs_hasNoEndInSight() {
    LongIter all = Itertools.range(Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(all.nextLong()).isEqualTo(Long.MIN_VALUE);
    assertThat(all.hasNext()).isTrue();
    assertThatThrownBy(all::count).isInstanceOf(ArithmeticException.class).hasMessageContaining("18446744073709551614");
  }

  @Test
  void accumulate_sumsAndMaxima() {
    assertThat(MoreItertools.last(Itertools.accumulate(Itertools.range(1, 101), Integer::sum))).isEqualTo(5050);
    assertThat(Itertools.range(1, 5).accumulateAsInt((a, b) -> a * b).toIntArray()).containsExactly(1, 2, 6, 24);
    assertThat(Iter.of(3, 1, 4, 1, 5).accumulate(Math::max).toList()).containsExactly(3, 3, 4, 4, 5);
    assertThat(Itertools.count(0.5, 0.5).accumulateAsDouble(Double::sum).limit(3).toList()).containsExactly(0.5, 1.5, 3.0);
  }

  @Test
  void accumulate_initial_isHandedOutFirstAlsoForNoElements() {
    assertThat(Itertools.<Integer, String>accumulate(List.of(1, 2), "", (s, x) -> s + x).toList())
        .containsExactly("", "1", "12");
    assertThat(Itertools.<Integer, String>accumulate(List.of(), "x", (s, x) -> s + x).toList()).containsExactly("x");
    assertThat(Itertools.range(0).accumulateAsInt(7, Integer::sum).toIntArray()).containsExactly(7);
    IntIter running = Itertools.range(3).accumulateAsInt(7, Integer::sum);
    assertThat(running.hasNext()).isTrue();
    assertThat(running.nextInt()).isEqualTo(7);
    assertThat(running.sum()).isEqualTo(7 + 8 + 10);
  }

  @Test
  void accumulate_nullResult_isNoEnd() {
    Iter<@Nullable String> iter = Iter.<@Nullable String>of("a", null, "c").accumulate((a, b) -> b);
    assertThat(iter.toList()).containsExactly("a", null, "c");
  }

  @Test
  void takeWhile_swallowsTheElementThatFails() {
    Iter<Integer> source = Iter.of(1, 2, 9, 3);
    assertThat(source.takeWhile(x -> x < 5).nextOr(-1)).isEqualTo(1);
    Iter<Integer> small = source.takeWhile(x -> x < 5);
    assertThat(List.of(small.next(), small.hasNext(), small.hasNext())).containsExactly(2, false, false);
    assertThat(source.toList()).containsExactly(3);
  }

  @Test
  void filterFalse_dropWhile() {
    assertThat(Itertools.filterFalse(n -> n < 3, Itertools.range(1, 6)).toList()).containsExactly(3, 4, 5);
    assertThat(Itertools.dropWhile(n -> n < 3, List.of(1, 4, 1)).toList()).containsExactly(4, 1);
  }

  @Test
  void chain_ofDifferentTypes() {
    Iter<Object> mixed = Itertools.chain(letters("AB"), Itertools.range(1, 4, 2));
    assertThat(mixed.toList()).containsExactly("A", "B", 1, 3);
    assertThat(Itertools.chain(Itertools.enumerate(ABC)).toList()).hasToString("[(0, A), (1, B), (2, C)]");
  }

  @Test
  void chain_ofChains_bothStayUsable() {
    Iter<Integer> first = Itertools.chain(List.of(1, 2), List.of(3));
    Iter<Integer> longer = first.chain(List.of(4, 5));
    Iter<Integer> other = first.chain(List.of(6));
    assertThat(longer.next()).isEqualTo(1);
    assertThat(first.next()).isEqualTo(2);
    assertThat(first.hasNext()).isTrue();
    assertThat(longer.next()).isEqualTo(3);
    assertThat(first.hasNext()).isFalse();
    assertThat(longer.next()).isEqualTo(4);
    assertThat(other.toList()).containsExactly(6);
    assertThat(longer.toList()).containsExactly(5);
  }

  @Test
  void chain_withItself_ends() {
    Iter<Integer> first = Itertools.chain(List.of(1), List.of(2));
    Iter<Integer> longer = first.chain(List.of(3));
    assertThat(Itertools.chain(first, first).toList()).containsExactly(1, 2);
    assertThat(Itertools.chain(longer, first, longer).toList()).containsExactly(3);
  }

  @Test
  void chain_inFrontOfAChain_bothStayUsable() {
    Iter<Integer> tail = Itertools.chain(List.of(1, 2), List.of(3));
    Iter<Integer> longer = Itertools.chain(List.of(0), tail);
    assertThat(tail.next()).isEqualTo(1);
    assertThat(longer.toList()).containsExactly(0, 2, 3);
    assertThat(tail.hasNext()).isFalse();
  }

  @Test
  void hasNext_keepsTheElementForReadersFurtherUp() {
    Iter<Integer> source = Iter.of(1, 2, 3).map(x -> x);
    Iter<Integer> doubled = source.map(x -> 2 * x);
    assertThat(source.hasNext()).isTrue();
    assertThat(doubled.next()).isEqualTo(2);
    assertThat(source.next()).isEqualTo(2);
  }

  @Test
  void product_ofLetters() {
    assertThat(Itertools.product(letters("ABCDE")).toList()).hasSize(5).startsWith(List.of("A"));
    List<List<String>> pairs = Itertools.productRepeat(2, letters("ABCDE")).toList();
    assertThat(pairs).hasSize(25).startsWith(List.of("A", "A"), List.of("A", "B")).endsWith(List.of("E", "E"));
    assertThat(Itertools.product().toList()).containsExactly(List.of());
    assertThat(Itertools.product(ABC, List.<String>of()).toList()).isEmpty();
  }

  @Test
  void permutations_moreThanThereAre_none() {
    assertThat(Itertools.permutations(ABC, 4).toList()).isEmpty();
    assertThat(Itertools.permutations(ABC, Integer.MAX_VALUE).hasNext()).isFalse();
    assertThat(Itertools.permutations(ABC, 0).toList()).containsExactly(List.of());
    assertThat(Itertools.permutations(Itertools.range(9)).count()).isEqualTo(362_880);
  }

  @Test
  void groupBy_runsWithTheirKeys() {
    List<String> runs = Itertools.groupBy(letters("AAABBCCCCDDEEE")).map(g -> g.key() + g.count()).toList();
    assertThat(runs).containsExactly("A3", "B2", "C4", "D2", "E3");
  }

  @Test
  void groupBy_movingOn_invalidatesTheGroupBefore() {
    Iter<Group<String, String>> groups = Itertools.groupBy(letters("AAABB"));
    Group<String, String> a = groups.next();
    assertThat(a.next()).isEqualTo("A");
    Group<String, String> b = groups.next();
    assertThat(a.hasNext()).isFalse();
    assertThat(b.key()).isEqualTo("B");
    assertThat(b.toList()).containsExactly("B", "B");
    assertThat(groups.hasNext()).isFalse();
  }

  @Test
  void groupBy_lookingForTheNextGroup_counts() {
    Iter<Group<String, String>> groups = Itertools.groupBy(letters("AAAB"));
    Group<String, String> a = groups.next();
    assertThat(groups.hasNext()).isTrue();
    assertThat(a.toList()).isEmpty();
    assertThat(groups.next().toList()).containsExactly("B");
  }

  @Test
  void groupBy_movingOn_dropsWhatTheGroupHasSeenAndNotTaken() {
    Iter<Group<String, String>> groups = Itertools.groupBy(letters("AAB"));
    Group<String, String> a = groups.next();
    assertThat(a.next()).isEqualTo("A");
    assertThat(a.hasNext()).isTrue();
    assertThat(groups.next().toList()).containsExactly("B");
    assertThat(a.hasNext()).isFalse();
    assertThatThrownBy(a::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void groupBy_keyFails_goesOnBehindTheElement() {
    Iter<Group<Integer, Integer>> groups = Itertools.groupBy(List.of(0, 1, 2, 10), x -> x == 2 ? 2 / (x - 2) : x / 10);
    Group<Integer, Integer> units = groups.next();
    assertThat(List.of(units.next(), units.next())).containsExactly(0, 1);
    assertThatThrownBy(units::hasNext).isInstanceOf(ArithmeticException.class);
    assertThat(units.hasNext()).isFalse();
    assertThat(groups.next().toList()).containsExactly(10);
  }

  @Test
  void groupBy_nullKeys() {
    assertThat(Itertools.groupBy(Arrays.asList(null, null, 1)).map(g -> g.key() + ":" + g.count()).toList())
        .containsExactly("null:2", "1:1");
  }

  @Test
  void islice_takesNoMoreThanStop() {
    Probe probe = Probe.endless();
    assertThat(Recipes.take(9, Itertools.islice(Iter.from(probe), 2, 8, 3))).containsExactly(2, 5);
    assertThat(probe.pulled).isEqualTo(8);
    assertThat(Itertools.islice(Iter.from(probe), 0).hasNext()).isFalse();
    assertThat(probe.pulled).isEqualTo(8);
  }

  @Test
  void islice_hugeBounds_doNotOverflow() {
    assertThat(Itertools.islice(Itertools.count(), 3, Long.MAX_VALUE, Long.MAX_VALUE).limit(1).toList()).containsExactly(3);
    assertThat(Itertools.islice(ABC, 1, Long.MAX_VALUE, Long.MAX_VALUE).toList()).containsExactly("B");
    assertThat(Itertools.islice(ABC, Long.MAX_VALUE, Long.MAX_VALUE).toList()).isEmpty();
    assertThat(Itertools.islice(ABC, 0, Long.MAX_VALUE, 2).toList()).containsExactly("A", "C");
  }

  @Test
  void pairwise_ofOneElement_isEmpty() {
    assertThat(Itertools.pairwise(List.of(1)).toList()).isEmpty();
    assertThat(Itertools.pairwise(List.of(1, 2, 3)).toList()).containsExactly(Pair.of(1, 2), Pair.of(2, 3));
  }

  @Test
  void cycle_ofNothing_ends() {
    assertThat(Itertools.cycle(List.of()).hasNext()).isFalse();
    assertThat(Itertools.cycle(ABC).limit(7).joining("")).isEqualTo("ABCABCA");
  }

  @Test
  void tee_eachSeesAllElements_andTheBufferIsFreed() {
    Probe probe = new Probe(1_000);
    List<Iter<Integer>> three = Itertools.tee(probe, 3);
    assertThat(three.get(0).count()).isEqualTo(1_000);
    assertThat(three.get(1).map(x -> x + 1).sumLong(x -> x)).isEqualTo(500_500);
    assertThat(three.get(2).toList()).hasSize(1_000).endsWith(999);
    assertThat(probe.pulled).isEqualTo(1_000);
    assertThat(Itertools.tee(ABC, 0)).isEmpty();
  }

  @Test
  void zip_endsWithTheShortest_andLosesWhatItTook() {
    Iter<Integer> longer = Itertools.range(5);
    assertThat(Itertools.zip(longer, List.of("a", "b")).count()).isEqualTo(2);
    Iter<Integer> again = Itertools.range(5);
    Iter<Pair<Integer, String>> zipped = Itertools.zip(again, List.of("a", "b"));
    Recipes.consume(zipped);
    assertThat(again.next()).as("2 was taken for a row that never was").isEqualTo(3);
  }

  @Test
  void zipLongest_fillsUp() {
    assertThat(Itertools.zipLongest(List.of(1), ABC).toList()).hasToString("[(1, A), (null, B), (null, C)]");
    assertThat(Itertools.zipLongest(ABC, List.of(1), "-", 0).toList()).hasToString("[(A, 1), (B, 0), (C, 0)]");
    assertThat(Itertools.zipAll(List.of()).toList()).isEmpty();
    assertThat(Itertools.zipAllLongest(List.of(), 0).toList()).isEmpty();
  }

  @Test
  void starMap_compress_repeat() {
    assertThat(Itertools.starMap(Math::pow, List.of(Pair.of(2.0, 5.0), Pair.of(3.0, 2.0))).toList())
        .containsExactly(32.0, 9.0);
    assertThat(Itertools.compress(letters("ABCDEF"), List.of(true, false, true, false, true)).joining("")).isEqualTo("ACE");
    assertThat(Itertools.repeat("x", 3).joining("")).isEqualTo("xxx");
    assertThat(Itertools.repeat(1).limit(100).sumLong(x -> x)).isEqualTo(100);
  }

  @Test
  void generatorLikeLaziness_elementsAreMadeOneAtATime() {
    List<String> trace = new ArrayList<>();
    Iter<Integer> tripled = Iter.of(1, 2).peek(x -> trace.add("make " + x)).map(x -> 3 * x);
    tripled.peek(x -> trace.add("use " + x)).forEach(x -> {});
    assertThat(trace).containsExactly("make 1", "use 3", "make 2", "use 6");
  }

  @Test
  void sinks_ofTheFluentForm() {
    assertThat(Itertools.range(5).reduce(Integer::sum)).contains(10);
    assertThat(Itertools.range(0).reduce(Integer::sum)).isEmpty();
    assertThat(Itertools.range(3).<String>reduce("", (s, x) -> s + x)).isEqualTo("012");
    assertThat(Itertools.range(5).anyMatch(x -> x == 3)).isTrue();
    assertThat(Itertools.range(5).allMatch(x -> x < 4)).isFalse();
    assertThat(Itertools.range(0).allMatch(x -> false)).isTrue();
    assertThat(Iter.of("bb", "a", "c").min(java.util.Comparator.comparingInt(String::length))).contains("a");
    assertThat(Iter.of("a", "bb", "cc").max(java.util.Comparator.comparingInt(String::length))).contains("bb");
    assertThat(Itertools.range(5).first()).contains(0);
    assertThat(Itertools.range(0).first()).isEmpty();
    assertThat(Itertools.range(4).sumDouble(x -> x / 2.0)).isCloseTo(3.0, within(1e-12));
    assertThat(Iter.of(Long.MAX_VALUE, 0L).sumLong(x -> x)).isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> Iter.of(Long.MAX_VALUE, 1L).sumLong(x -> x)).isInstanceOf(ArithmeticException.class);
    assertThat(Iter.of(1, 2, 1).distinct().toList()).containsExactly(1, 2);
    assertThat(Iter.of(1, 2, 3).skip(1).toList()).containsExactly(2, 3);
    assertThat(ABC.iterator().next()).isEqualTo("A");
    assertThat(Iter.from(ABC).<Integer>then(it -> it.toList().size())).isEqualTo(3);
    assertThat(Iter.from(ABC).nextOr("-")).isEqualTo("A");
    assertThat(Iter.<String>of().nextOr("-")).isEqualTo("-");
  }

  @Test
  void streams_bothWays() {
    assertThat(Iter.fromStream(Stream.iterate(1, x -> 2 * x)).limit(4).stream().mapToInt(x -> x).sum()).isEqualTo(15);
    assertThat(Itertools.range(3).intStream().sum()).isEqualTo(3);
    assertThat(Itertools.range(3).collect(java.util.stream.Collectors.summingInt(x -> x))).isEqualTo(3);
    assertThat(Iter.fromStream(java.util.stream.IntStream.range(0, 3)).toList()).containsExactly(0, 1, 2);
  }

  @Test
  void gather_anEndlessSource_isLazy() {
    Probe probe = Probe.endless();
    Iter<List<Integer>> windows = Iter.<Integer>from(probe).gather(java.util.stream.Gatherers.windowFixed(2));
    assertThat(windows.next()).containsExactly(0, 1);
    assertThat(probe.pulled).isEqualTo(2);
    assertThat(Itertools.range(5).gather(java.util.stream.Gatherers.windowFixed(2)).toList())
        .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4));
  }

  @Test
  void characters_areCodePoints() {
    assertThat(letters("a\uD83D\uDE00b").toList()).containsExactly("a", "\uD83D\uDE00", "b");
  }

  @Test
  void rows_areUnmodifiableLists() {
    List<Integer> row = Itertools.combinations(List.of(1, 2), 2).next();
    assertThat(row).isEqualTo(List.of(1, 2));
    assertThatThrownBy(() -> row.set(0, 9)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> row.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void productRepeat_zeroTimes_readsNoSource() {
    Probe endless = Probe.endless();
    assertThat(Itertools.productRepeat(0, endless).toList()).containsExactly(List.of());
    assertThat(endless.pulled).isZero();
  }
}
