package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** A source that was closed before its end is an error for all that reads it, and never passes for an empty one. */
@Timeout(60)
class ClosedSourceTest {

  /** What reads an {@code Iter}: everything but {@code hasNext} and {@code next}. */
  private static final Map<String, Function<Iter<Integer>, Object>> READS = Map.ofEntries(
      Map.entry("first", Iter::first),
      Map.entry("nextOr", it -> it.nextOr(9)),
      Map.entry("stream", it -> it.stream().toList()),
      Map.entry("forEach", ClosedSourceTest::forEach),
      Map.entry("forEachRemaining", ClosedSourceTest::forEachRemaining),
      Map.entry("loop", ClosedSourceTest::loop),
      Map.entry("spliterator", it -> it.spliterator().tryAdvance(e -> {
      })),
      Map.entry("toList", Iter::toList),
      Map.entry("count", Iter::count),
      Map.entry("sumLong", it -> it.sumLong(n -> n)),
      Map.entry("sumDouble", it -> it.sumDouble(n -> n)),
      Map.entry("min", it -> it.min(Integer::compare)),
      Map.entry("max", it -> it.max(Integer::compare)),
      Map.entry("reduce", it -> it.reduce(Integer::sum)),
      Map.entry("reduce from", it -> it.<Integer>reduce(0, Integer::sum)),
      Map.entry("collect", it -> it.collect(Collectors.toList())),
      Map.entry("joining", it -> it.joining("")),
      Map.entry("anyMatch", it -> it.anyMatch(n -> true)),
      Map.entry("allMatch", it -> it.allMatch(n -> true)),
      Map.entry("map", it -> it.map(n -> n).toList()),
      Map.entry("map hasNext", it -> it.map(n -> n).hasNext()),
      Map.entry("limit first", it -> it.limit(1).first()),
      Map.entry("flatMap", it -> Iter.of(1).flatMap(n -> it).toList()),
      Map.entry("chain", it -> Itertools.chain(List.of(1), it).toList()),
      Map.entry("from", it -> Iter.from(it).first()),
      Map.entry("fromIterator", it -> Iter.fromIterator(it).first()),
      Map.entry("fromIterator stream", it -> Iter.fromIterator(it).stream().toList()),
      Map.entry("zip", it -> Itertools.zip(it, List.of(1)).toList()),
      Map.entry("zipLongest", it -> Itertools.zipLongest(List.of(1), it).toList()),
      Map.entry("product", it -> Itertools.product(it).toList()),
      Map.entry("combinations", it -> Itertools.combinations(it, 1).toList()),
      Map.entry("permutations", it -> Itertools.permutations(it).toList()),
      Map.entry("powerset", it -> Recipes.powerset(it).toList()),
      Map.entry("cycle", it -> Itertools.cycle(it).limit(1).toList()),
      Map.entry("tee", it -> Itertools.tee(it).first().toList()),
      Map.entry("concurrentTee", it -> Itertools.concurrentTee(it, 1).getFirst().toList()),
      Map.entry("serialize", it -> Itertools.serialize(it).toList()),
      Map.entry("roundRobin", it -> Recipes.roundRobin(it, it).toList()),
      Map.entry("sorted", it -> it.sorted(Comparator.<Integer>naturalOrder()).toList()),
      Map.entry("mergeSorted", it -> Builtins.mergeSorted(it, it).toList()),
      Map.entry("Builtins.max", Builtins::max),
      Map.entry("take", it -> Recipes.take(1, it)),
      Map.entry("nth", it -> Recipes.nth(it, 0)),
      Map.entry("tail", it -> Recipes.tail(1, it).toList()),
      Map.entry("allEqual", Recipes::allEqual),
      Map.entry("consume", ClosedSourceTest::consume),
      Map.entry("MoreItertools.first", it -> MoreItertools.first(it, 9)),
      Map.entry("MoreItertools.last", it -> MoreItertools.last(it, 9)),
      Map.entry("peekable", it -> MoreItertools.peekable(it).hasNext()),
      Map.entry("seekable", it -> MoreItertools.seekable(it).hasNext()),
      Map.entry("spy", it -> MoreItertools.spy(it, 1)),
      Map.entry("collapse", it -> MoreItertools.collapse(it).toList()),
      Map.entry("collapse inner", it -> MoreItertools.collapse(List.of(it)).toList()),
      Map.entry("chunked", it -> it.batched(2).toList()),
      Map.entry("yieldFrom", it -> yieldingFrom(it).toList()),
      Map.entry("yieldFrom pulled", it -> pull(yieldingFrom(it))),
      Map.entry("yieldFrom on a thread", it -> yieldingFromOnThread(it).toList()),
      Map.entry("yieldFrom on a thread pulled", it -> pull(yieldingFromOnThread(it))));

  private static Generator<Integer> yieldingFrom(Iter<Integer> it) {
    return Generator.of(
        y -> {
          y.yield(9);
          y.yieldFrom(it);
        });
  }

  /** As a reference to its method passes the yielder on, the body runs on the fallback engine. */
  private static Generator<Integer> yieldingFromOnThread(Iter<Integer> it) {
    return Generator.of(
        y -> {
          Consumer<Integer> out = y::yield;
          out.accept(9);
          y.yieldFrom(it);
        });
  }

  private static Object pull(Generator<Integer> generator) {
    generator.next();
    return generator.hasNext();
  }

  private static Object loop(Iter<Integer> it) {
    for (int n : it) {
      return n;
    }
    return "nothing";
  }

  private static Object forEach(Iter<Integer> it) {
    it.forEach(n -> {});
    return "done";
  }

  private static Object forEachRemaining(Iter<Integer> it) {
    it.forEachRemaining(n -> {});
    return "done";
  }

  private static Object consume(Iter<Integer> it) {
    Recipes.consume(it, 1);
    return "done";
  }

  /** Which of {@link #READS} do not say that the source was closed before its end. */
  static List<String> silentReads(Iter<?> it) {
    List<String> silent = new ArrayList<>();
    READS.forEach(
        (name, read) -> {
          try {
            silent.add(name + " " + read.apply(it.then(ClosedSourceTest::ofIntegers)));
          } catch (IllegalStateException | GeneratorException.WrongState e) {
            if (!String.valueOf(e.getMessage()).contains("closed before its end")) {
              silent.add(name + " " + e);
            }
          }
        });
    return silent;
  }

  @SuppressWarnings("unchecked") // nothing is handed out
  private static Iter<Integer> ofIntegers(Iter<?> it) {
    return (Iter<Integer>) it;
  }

  @TestFactory
  Stream<DynamicTest> closedSource_isAnErrorForEverythingThatReads() {
    return SharedSourceTest.SOURCES.entrySet().stream()
        .filter(source -> !source.getKey().equals("serialize"))
        .map(
            source -> DynamicTest.dynamicTest(
                source.getKey(),
                () -> {
                  Iter<Integer> it = source.getValue().get();
                  assertThat(it.next()).isEqualTo(1);
                  it.close();
                  assertThat(silentReads(it)).isEmpty();
                  Iter<Integer> untouched = source.getValue().get();
                  untouched.close();
                  assertThat(silentReads(untouched)).isEmpty();
                }));
  }

  @Test
  void generator_whoseDelegateIsLeftByAFailingSink_isClosedWithIt() {
    Generator<Integer> inner = Generator.of(
        y -> {
          y.yield(1);
          y.yield(2);
        });
    List<String> log = new ArrayList<>();
    Generator<String> quiet = Generator.of(y -> log.add("quiet"));
    Generator<Object> outer = Generator.of(
        y -> {
          try {
            y.yieldFrom(inner);
          } finally {
            y.yieldFrom(quiet);
          }
        });
    assertThatThrownBy(
        () -> outer.sumLong(
            n -> {
              throw new IllegalArgumentException("sink");
            }))
        .hasMessage("sink");
    assertThat(silentReads(outer)).as("outer").isEmpty();
    assertThat(silentReads(inner)).as("inner").isEmpty();
    assertThat(log).containsExactly("quiet");
    assertThat(quiet.map(n -> n).toList()).as("it has run to its end").isEmpty();
  }

  /** The source is not closeable, so that the plain adapter reads it. */
  @Test
  void iter_closedFromWithinItsSource_isNoEnd() {
    List<Iter<Integer>> reader = new ArrayList<>();
    Iterator<Integer> source = new Iterator<>() {
      @Override
      public boolean hasNext() {
        reader.getFirst().close();
        return false;
      }

      @Override
      public Integer next() {
        throw new NoSuchElementException();
      }
    };
    reader.add(Iter.fromIterator(source));
    assertThatThrownBy(() -> reader.getFirst().hasNext()).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed before its end");
    assertThatThrownBy(() -> reader.getFirst().next()).isInstanceOf(IllegalStateException.class);
  }
}
