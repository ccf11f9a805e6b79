package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * What is left of a source when a stage or a sink has read a part of it: all the rest, as in Python. A source that is closed
 * does not pass for one that has ended.
 */
@Timeout(60)
class SharedSourceTest {

  static final Map<String, Supplier<Iter<Integer>>> SOURCES = Map.of(
      "list", () -> Iter.of(1, 2, 3, 4, 5),
      "iterator", () -> Iter.fromIterator(List.of(1, 2, 3, 4, 5).iterator()),
      "stream", () -> Iter.fromStream(Stream.of(1, 2, 3, 4, 5)),
      "range", () -> Itertools.range(1, 6),
      "stage", () -> Iter.of(0, 1, 2, 3, 4).map(n -> n + 1).filter(n -> n > 0),
      "chain", () -> Itertools.chain(List.of(1, 2), List.of(3, 4, 5)),
      "rows", () -> Itertools.combinations(List.of(1, 2, 3, 4, 5), 1).map(List::getFirst),
      "serialize", () -> Itertools.serialize(List.of(1, 2, 3, 4, 5)),
      "tee", () -> Itertools.tee(List.of(1, 2, 3, 4, 5)).first(),
      "compiled generator", () -> Generator.of(
          y -> {
            for (int i = 1; i < 6; i++) {
              y.yield(i);
            }
          }));

  /** What reads a part, and what it and then the rest are. */
  private static final Map<String, Function<Iter<Integer>, Object>> PARTS = Map.ofEntries(
      Map.entry("limit [1, 2] [3, 4, 5]", it -> it.limit(2).toList()),
      Map.entry("islice [1, 3] [4, 5]", it -> it.islice(0, 3, 2).toList()),
      Map.entry("takeWhile [1] [3, 4, 5]", it -> it.takeWhile(n -> n < 2).toList()),
      Map.entry("zip shorter first [(a, 1), (b, 2)] [3, 4, 5]", it -> Itertools.zip(List.of("a", "b"), it).toList()),
      Map.entry("zip shorter second [(1, a), (2, b)] [4, 5]", it -> Itertools.zip(it, List.of("a", "b")).toList()),
      Map.entry("zipAll [[9, 1]] [2, 3, 4, 5]", it -> Itertools.zipAll(List.of(List.of(9), it)).toList()),
      Map.entry("compress [1] [4, 5]", it -> Itertools.compress(it, List.of(true, false)).toList()),
      Map.entry("chain [1, 9] [2, 3, 4, 5]", it -> Itertools.chain(it.limit(1), List.of(9)).toList()),
      Map.entry("flatMap [1, 1, 2, 2] [3, 4, 5]", it -> it.limit(2).flatMap(n -> List.of(n, n)).toList()),
      Map.entry("batched [[1, 2]] [3, 4, 5]", it -> it.batched(2).limit(1).toList()),
      Map.entry("pairwise [(1, 2)] [3, 4, 5]", it -> it.pairwise().limit(1).toList()),
      Map.entry("groupBy [false] [2, 3, 4, 5]", it -> it.groupBy(n -> n > 1).map(Group::key).limit(1).toList()),
      Map.entry("accumulate [1, 3] [3, 4, 5]", it -> it.accumulate(Integer::sum).limit(2).toList()),
      Map.entry("count 2 [3, 4, 5]", it -> it.limit(2).count()),
      Map.entry("reduce Optional[3] [3, 4, 5]", it -> it.limit(2).reduce(Integer::sum)),
      Map.entry("collect [1, 2] [3, 4, 5]", it -> it.limit(2).collect(Collectors.toSet())),
      Map.entry("joining 1-2 [3, 4, 5]", it -> it.limit(2).joining("-")),
      Map.entry("sumLong 3 [3, 4, 5]", it -> it.limit(2).sumLong(n -> n)),
      Map.entry("anyMatch true [3, 4, 5]", it -> it.anyMatch(n -> n == 2)),
      Map.entry("allMatch false [3, 4, 5]", it -> it.allMatch(n -> n < 2)),
      Map.entry("first Optional[1] [2, 3, 4, 5]", Iter::first),
      Map.entry("nextOr 1 [2, 3, 4, 5]", it -> it.nextOr(9)),
      Map.entry("take [1, 2] [3, 4, 5]", it -> Recipes.take(2, it)),
      Map.entry("product [[1], [2]] [3, 4, 5]", it -> Itertools.product(it.limit(2)).toList()),
      Map.entry("break 1 [2, 3, 4, 5]", SharedSourceTest::byALoopThatIsLeft));

  static Object byALoopThatIsLeft(Iter<Integer> it) {
    for (int n : it.limit(2)) {
      return n;
    }
    throw new AssertionError("no element");
  }

  @TestFactory
  Stream<DynamicTest> part_leavesTheRest() {
    return SOURCES.entrySet().stream().flatMap(
        source -> PARTS.entrySet().stream().map(
            part -> DynamicTest.dynamicTest(
                source.getKey() + " " + part.getKey(),
                () -> {
                  Iter<Integer> it = source.getValue().get();
                  assertThat(part.getKey()).endsWith(" " + part.getValue().apply(it) + " " + it.toList());
                })));
  }

  @TestFactory
  Stream<DynamicTest> chunks_readTheWholeSource() {
    return SOURCES.entrySet().stream().map(
        source -> DynamicTest.dynamicTest(
            source.getKey(),
            () -> {
              Iter<Integer> it = source.getValue().get();
              List<List<Integer>> chunks = new ArrayList<>();
              for (List<Integer> chunk = it.limit(2).toList(); !chunk.isEmpty(); chunk = it.limit(2).toList()) {
                chunks.add(chunk);
              }
              assertThat(chunks).hasToString("[[1, 2], [3, 4], [5]]");
              assertThat(it.hasNext()).isFalse();
            }));
  }

  @Test
  void emptySource_canBeReadAgain() {
    Iter<Integer> none = Iter.of();
    assertThat(none.toList()).isEmpty();
    assertThat(none.toList()).isEmpty();
    none.close();
    assertThat(none.toList()).as("closed after its end").isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> closedSource_isNotAnEmptyOne() {
    return SOURCES.entrySet().stream()
        .filter(source -> !source.getKey().equals("serialize"))
        .map(
            source -> DynamicTest.dynamicTest(
                source.getKey(),
                () -> {
                  Iter<Integer> it = source.getValue().get();
                  Iter<Integer> before = it.map(n -> n);
                  assertThat(before.next()).isEqualTo(1);
                  try (Iter<Integer> two = it.limit(2)) {
                    assertThat(two.first()).isEqualTo(Optional.of(2));
                  }
                  assertThatThrownBy(it::toList).isInstanceOfAny(IllegalStateException.class, GeneratorException.class);
                  assertThatThrownBy(() -> it.limit(2).toList())
                      .isInstanceOfAny(IllegalStateException.class, GeneratorException.class)
                      .hasMessageContaining("closed before its end");
                  assertThatThrownBy(before::hasNext)
                      .isInstanceOfAny(IllegalStateException.class, GeneratorException.class)
                      .hasMessageContaining("closed before its end");
                }));
  }

  @Test
  void closedAfterItsEnd_isAnEndStill() {
    Iter<Integer> it = Iter.of(1).map(n -> n);
    assertThat(it.toList()).containsExactly(1);
    it.close();
    assertThat(it.hasNext()).isFalse();
    assertThatThrownBy(it::next).isInstanceOf(NoSuchElementException.class).hasMessageContaining("run to its end");
  }

  @Test
  void generator_leftByASink_canBeGoneOnWithAndClosed() {
    List<String> log = new ArrayList<>();
    try (Generator<Integer> generator = Generator.of(
        y -> {
          try {
            y.yield(1);
            y.yield(2);
            y.yield(3);
          } finally {
            log.add("finally");
          }
        })) {
      assertThat(generator.anyMatch(n -> n == 1)).isTrue();
      assertThat(generator.first()).contains(2);
      assertThat(log).isEmpty();
    }
    assertThat(log).containsExactly("finally");
  }

  @Test
  void generator_whoseReductionFails_isClosedWhetherItHadBegunOrNot() {
    for (int begun = 0; begun < 2; begun++) {
      Generator<Integer> generator = Generator.of(
          y -> {
            y.yield(1);
            y.yield(2);
            y.yield(3);
          });
      Recipes.consume(generator, begun);
      assertThatThrownBy(
          () -> generator.sumLong(
              n -> {
                throw new IllegalArgumentException("number " + n);
              }))
          .hasMessage("number " + (begun + 1));
      assertThat(generator.state()).isEqualTo(GeneratorState.CLOSED);
      assertThat(ClosedSourceTest.silentReads(generator)).as("begun %d", begun).isEmpty();
    }
  }
}
