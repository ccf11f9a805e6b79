package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the golden data cannot show of the recipes and of more-itertools. */
class RecipesTest {

  @Test
  void iterExcept_drainsUntilTheNamedException() {
    Deque<Integer> queue = new ArrayDeque<>(List.of(1, 2, 3));
    assertThat(Recipes.iterExcept(queue::removeFirst, NoSuchElementException.class).toList()).containsExactly(1, 2, 3);
    Iter<Integer> failing = Recipes.iterExcept(
        () -> {
          throw new IOException("disk");
        },
        NoSuchElementException.class);
    assertThatThrownBy(failing::next).isInstanceOf(IllegalStateException.class).hasRootCauseMessage("disk");
  }

  @Test
  void partition_asksThePredicateOnceForEachElement() {
    AtomicInteger asked = new AtomicInteger();
    Pair<Iter<Integer>, Iter<Integer>> sides = Recipes.partition(x -> asked.incrementAndGet() > 0 && x % 2 == 0,
        Itertools.range(6));
    assertThat(sides.second().toList()).containsExactly(0, 2, 4);
    assertThat(sides.first().toList()).containsExactly(1, 3, 5);
    assertThat(asked).hasValue(6);
  }

  @Test
  void tail_ofManyElements_growsToItsSizeOnly() {
    assertThat(Recipes.tail(3, Itertools.range(100_000)).toList()).containsExactly(99_997, 99_998, 99_999);
    assertThat(Recipes.tail(50, Itertools.range(100)).toList()).hasSize(50).startsWith(50).endsWith(99);
    assertThat(Recipes.tail(Integer.MAX_VALUE, Itertools.range(40)).toList()).hasSize(40).startsWith(0);
    assertThat(Recipes.tail(0, Itertools.range(40)).toList()).isEmpty();
  }

  @Test
  void nulls_arePlainElements() {
    Iterable<@Nullable Integer> nulls = Arrays.asList(1, null, null);
    assertThat(Recipes.uniqueJustSeen(nulls).toList()).containsExactly(1, null);
    assertThat(Recipes.tail(2, nulls).toList()).containsExactly(null, null);
    Peekable<@Nullable Integer> peekable = MoreItertools.peekable(nulls);
    assertThat(peekable.next()).isEqualTo(1);
    assertThat(peekable.peek()).isNull();
    peekable.prepend(7, null);
    assertThat(peekable.toList()).containsExactly(7, null, null, null);
    Bucket<Boolean, @Nullable Integer> bucket = MoreItertools.bucket(nulls, x -> x == null);
    assertThat(bucket.get(true).limit(2).toList()).containsExactly(null, null);
  }

  @Test
  void peekable_afterItsEnd_goesOnWithWhatIsPutBack() {
    Peekable<Integer> peekable = MoreItertools.peekable(List.of(1));
    peekable.next();
    assertThat(peekable.hasNext()).isFalse();
    peekable.prepend(5);
    assertThat(peekable.peek()).isEqualTo(5);
    assertThat(peekable.toList()).containsExactly(5);
  }

  @Test
  void bucket_validatorAndKeys() {
    Bucket<Integer, Integer> bucket = MoreItertools.bucket(Itertools.range(10), x -> x % 4, k -> k != 0);
    assertThat(bucket.contains(0)).isFalse();
    assertThat(bucket.get(3).next()).isEqualTo(3);
    assertThat(bucket.keys().toList()).containsExactly(1, 2, 3);
    assertThat(bucket.get(0).hasNext()).isFalse();
    bucket.close();
    assertThatThrownBy(bucket.get(1)::hasNext).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
  }

  @Test
  void spy_readsOnlyTheHead() {
    Probe probe = Probe.endless();
    Pair<List<Integer>, Iter<Integer>> spied = MoreItertools.spy(probe, 2);
    assertThat(probe.pulled).isEqualTo(2);
    assertThat(spied.first()).containsExactly(0, 1);
    assertThat(spied.second().limit(3).toList()).containsExactly(0, 1, 2);
  }

  @Test
  void sideEffect_framesTheWhole() {
    List<Object> trace = new ArrayList<>();
    Iter<Integer> iter = MoreItertools.sideEffect(trace::add, List.of(1, 2), () -> trace.add("["), () -> trace.add("]"));
    assertThat(trace).isEmpty();
    assertThat(iter.toList()).containsExactly(1, 2);
    assertThat(trace).containsExactly("[", 1, 2, "]");
    List<Object> early = new ArrayList<>();
    try (Iter<Integer> some = MoreItertools.sideEffect(early::add, List.of(1, 2), () -> early.add("["),
        () -> early.add("]"))) {
      some.next();
    }
    assertThat(early).containsExactly("[", 1, "]");
  }

  @Test
  void timeLimited_endsWhenTheTimeIsOver() {
    AtomicLong clock = new AtomicLong();
    TimeLimited<Integer> limited = MoreItertools.timeLimited(Duration.ofNanos(25),
        Itertools.range(100).peek(x -> clock.addAndGet(10)), clock::get);
    assertThat(limited.toList()).containsExactly(0, 1);
    assertThat(limited.timedOut()).isTrue();
    TimeLimited<Integer> enough = MoreItertools.timeLimited(Duration.ofHours(1), List.of(1));
    assertThat(enough.toList()).containsExactly(1);
    assertThat(enough.timedOut()).isFalse();
    assertThat(MoreItertools.timeLimited(Duration.ZERO, List.of(1)).hasNext()).isFalse();
  }

  @Test
  void collapse_leafType() {
    List<Object> nest = List.of(1, List.of(2, List.of(3)), List.of(4));
    assertThat(MoreItertools.collapse(nest).toList()).containsExactly(1, 2, 3, 4);
    assertThat(MoreItertools.collapse(nest, List.class).toList()).isEqualTo(nest);
    assertThat(MoreItertools.collapse(nest, 1).toList()).containsExactly(1, 2, List.of(3), 4);
  }

  @Test
  void distinctPermutations_byAnyOrder() {
    assertThat(MoreItertools.distinctPermutations(List.of("b", "A", "a"), 2, String.CASE_INSENSITIVE_ORDER).toList())
        .hasToString("[[A, A], [A, b], [b, A]]");
    assertThat(MoreItertools.distinctPermutations(List.of(1, 2), 3).toList()).isEmpty();
    assertThat(MoreItertools.distinctPermutations(List.of(1, 2), 2, Comparator.reverseOrder()).toList())
        .containsExactly(List.of(2, 1), List.of(1, 2));
  }

  @Test
  void oneFirstLast_ofNothing() {
    assertThatThrownBy(() -> MoreItertools.first(List.of()))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("first(source, other)");
    assertThatThrownBy(() -> MoreItertools.last(List.of()))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("last(source, other)");
    assertThat(MoreItertools.<String>one(Arrays.asList((String) null))).isNull();
    assertThat(MoreItertools.mapReduce(List.of("aa", "b", "cc"), String::length)).hasToString("{2=[aa, cc], 1=[b]}");
  }

  @Test
  void convolve_smooths() {
    assertThat(Recipes.convolve(List.of(1, 1, 2), 0.5, 0.5).toList()).containsExactly(0.5, 1.0, 1.5, 1.0);
  }
}
