package dev.heddle.iter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The functions by their Python names, run with the arguments of a golden case; the results are in the form of the data.
 */
final class Golden {
  static final Map<String, Predicate<Long>> PREDICATES = Map.of("even", x -> x % 2 == 0, "small", x -> x < 5, "all",
      x -> true, "none", x -> false);
  static final Map<String, Function<Long, Object>> KEYS = Map.of("mod3", x -> x % 3, "self", x -> x, "half", x -> x / 2,
      "sign", x -> x > 4);
  static final Map<String, BinaryOperator<Long>> OPS = Map.of("add", Long::sum, "sub", (a, b) -> a - b, "max", Math::max,
      "times", (a, b) -> a * b % 1000003);

  private final List<Object> args;

  private Golden(List<Object> args) {
    this.args = args;
  }

  static Object run(String name, List<Object> args) {
    Golden golden = new Golden(args);
    return switch (name) {
      case "tee", "groupby_drive", "peekable", "seekable", "bucket" -> GoldenDrives.run(name, args);
      case "chain", "chain_from_iterable", "zip", "zip_strict", "zip_longest", "roundrobin", "interleave_longest" ->
        golden.ofManySources(name);
      case "product", "permutations", "permutations_all", "combinations", "combinations_with_replacement", "powerset",
          "distinct_permutations", "distinct_permutations_all" ->
        drain(golden.combinatorics(name));
      default -> name.startsWith("split") ? drain(golden.splits(name)) : golden.ofOneSource(name);
    };
  }

  @SuppressWarnings("unchecked")
  List<Long> numbers(int i) {
    return (List<Long>) args.get(i);
  }

  int number(int i) {
    return Math.toIntExact((Long) args.get(i));
  }

  private Predicate<Long> predicate(int i) {
    return named(PREDICATES, args.get(i));
  }

  private Function<Long, Object> key(int i) {
    return named(KEYS, args.get(i));
  }

  private BinaryOperator<Long> op(int i) {
    return named(OPS, args.get(i));
  }

  static <F> F named(Map<String, F> functions, Object name) {
    return Objects.requireNonNull(functions.get((String) name));
  }

  private Object ofOneSource(String name) {
    return switch (name) {
      case "takewhile" -> withRest(1, s -> Itertools.takeWhile(predicate(0), s));
      case "dropwhile" -> withRest(1, s -> Itertools.dropWhile(predicate(0), s));
      case "filterfalse" -> withRest(1, s -> Itertools.filterFalse(predicate(0), s));
      case "filter" -> withRest(1, s -> s.filter(predicate(0)));
      case "islice" -> withRest(0, s -> Itertools.islice(s, (Long) args.get(1), (Long) args.get(2), (Long) args.get(3)));
      case "accumulate" -> drain(Itertools.accumulate(numbers(0), op(1)));
      case "accumulate_initial" -> drain(Itertools.accumulate(numbers(0), (Long) args.get(2), op(1)));
      case "batched" -> drain(Itertools.batched(numbers(0), number(1)));
      case "batched_strict" -> drain(Itertools.batchedStrict(numbers(0), number(1)));
      case "pairwise" -> drain(Itertools.pairwise(numbers(0)));
      case "enumerate" -> drain(Itertools.enumerate(numbers(0), number(1)));
      case "cycle" -> drain(Itertools.islice(Itertools.cycle(numbers(0)), number(1)));
      case "groupby" -> drain(Itertools.groupBy(numbers(0), key(1)).map(g -> Arrays.asList(g.key(), g.toList())));
      case "starmap" -> drain(Itertools.starMap(op(1), Iter.<List<Long>>from(cast(args.get(0))).map(
          l -> new Pair<>(l.get(0), l.get(1)))));
      case "compress" -> {
        Iter<Long> data = Iter.from(numbers(0));
        Iter<Boolean> selectors = Iter.from(Golden.<List<Boolean>>cast(args.get(1)));
        yield List.of(drain(Itertools.compress(data, selectors)), drain(data), drain(selectors));
      }
      case "unique_justseen" -> drain(Recipes.uniqueJustSeen(numbers(0), key(1)));
      case "unique_everseen" -> drain(Recipes.uniqueEverSeen(numbers(0), key(1)));
      case "sliding_window" -> drain(Recipes.slidingWindow(numbers(0), number(1)));
      case "grouper_fill" -> drain(Recipes.grouper(numbers(0), number(1), -1L));
      case "grouper_strict" -> drain(Recipes.grouperStrict(numbers(0), number(1)));
      case "grouper_ignore" -> drain(Recipes.grouperIgnore(numbers(0), number(1)));
      case "chunked" -> drain(MoreItertools.chunked(numbers(0), number(1)));
      case "partition" -> {
        Pair<Iter<Long>, Iter<Long>> sides = Recipes.partition(predicate(0), numbers(1));
        yield List.of(drain(sides.first()), drain(sides.second()));
      }
      case "tail" -> drain(Recipes.tail(number(0), numbers(1)));
      case "take" -> withRest(1, s -> Iter.from(Recipes.take(number(0), s)));
      case "consume" -> {
        Iter<Long> source = Iter.from(numbers(0));
        Recipes.consume(source, number(1));
        yield drain(source);
      }
      case "nth" -> {
        Iter<Long> source = Iter.from(numbers(0));
        yield List.of(Recipes.nth(source, number(1), -1L), drain(source));
      }
      case "all_equal" -> Recipes.allEqual(numbers(0), key(1));
      case "first" -> MoreItertools.first(numbers(0), -1L);
      case "last" -> MoreItertools.last(numbers(0), -1L);
      case "one" -> drain(Iter.of(numbers(0)).map(MoreItertools::one));
      case "spy" -> {
        var spied = MoreItertools.spy(Iter.from(numbers(0)), number(1));
        yield List.of(spied.first(), drain(spied.second()));
      }
      case "convolve" ->
        drain(Recipes.convolve(numbers(0), numbers(1).stream().mapToDouble(Long::doubleValue).toArray()));
      case "map_reduce" -> MoreItertools.mapReduce(
          numbers(0), key(1), x -> x * 2, list -> list.stream().mapToLong(x -> x).sum())
          .entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList();
      case "consecutive_groups" -> drain(MoreItertools.consecutiveGroups(numbers(0), x -> x).map(Iter::toList));
      case "range" -> drain(Itertools.range(number(0), number(1), number(2)).map(Integer::longValue));
      case "range_long" -> drain(Itertools.range((Long) args.get(0), (Long) args.get(1), (Long) args.get(2)));
      case "count" -> drain(Itertools.count(number(0), number(1)).limit(number(2)).map(Integer::longValue));
      case "count_double" -> drain(Itertools.count((Double) args.get(0), (Double) args.get(1)).limit(number(2)));
      case "repeat" -> drain(Itertools.repeat(args.get(0), number(1)));
      case "collapse" -> drain(MoreItertools.collapse(cast(args.get(0))));
      case "collapse_levels" -> drain(MoreItertools.collapse(cast(args.get(0)), number(1)));
      default -> throw new AssertionError("no such function: " + name);
    };
  }

  private Iter<List<Long>> splits(String name) {
    long max = number(name.equals("split_when") ? 1 : 2);
    max = max < 0 ? Long.MAX_VALUE : max;
    return switch (name) {
      case "split_at" -> MoreItertools.splitAt(numbers(0), predicate(1), max);
      case "split_at_keeping" -> MoreItertools.splitAtKeeping(numbers(0), predicate(1), max);
      case "split_before" -> MoreItertools.splitBefore(numbers(0), predicate(1), max);
      case "split_after" -> MoreItertools.splitAfter(numbers(0), predicate(1), max);
      case "split_when" -> MoreItertools.splitWhen(numbers(0), (a, b) -> a > b, max);
      default -> throw new AssertionError("no such function: " + name);
    };
  }

  @SuppressWarnings("unchecked")
  private Object ofManySources(String name) {
    List<Iter<Long>> sources = args.stream().map(a -> Iter.from(Golden.<List<Long>>cast(a))).toList();
    Iter<Long>[] array = (Iter<Long>[]) sources.toArray(new Iter<?>[0]);
    return switch (name) {
      case "chain" -> drain(Itertools.chain(array));
      case "chain_from_iterable" -> drain(Itertools.chainFromIterable(sources));
      case "zip" -> List.of(drain(Itertools.zipAll(sources)), sources.stream().map(Golden::drain).toList());
      case "zip_strict" -> drain(Itertools.zipAllStrict(sources));
      case "zip_longest" -> drain(Itertools.zipAllLongest(sources, -1L));
      case "roundrobin" -> drain(Recipes.roundRobin(array));
      case "interleave_longest" -> drain(MoreItertools.interleaveLongest(array));
      default -> throw new AssertionError("no such function: " + name);
    };
  }

  private Iter<List<Long>> combinatorics(String name) {
    return switch (name) {
      case "product" -> Itertools.productRepeat(number(0), numbers(1), numbers(2));
      case "permutations" -> Itertools.permutations(numbers(0), number(1));
      case "permutations_all" -> Itertools.permutations(numbers(0));
      case "combinations" -> Itertools.combinations(numbers(0), number(1));
      case "combinations_with_replacement" -> Itertools.combinationsWithReplacement(numbers(0), number(1));
      case "powerset" -> Recipes.powerset(numbers(0));
      case "distinct_permutations" -> MoreItertools.distinctPermutations(numbers(0), number(1));
      case "distinct_permutations_all" -> MoreItertools.distinctPermutations(numbers(0));
      default -> throw new AssertionError("no such function: " + name);
    };
  }

  /** What a stage makes of the numbers in an argument, and what it leaves. */
  private Object withRest(int i, Function<Iter<Long>, Iter<Long>> stage) {
    Iter<Long> source = Iter.from(numbers(i));
    return List.of(drain(stage.apply(source)), drain(source));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // the data say what is where
  static <T> T cast(@Nullable Object value) {
    return (T) value;
  }

  /** All elements, tuples as lists, and "!" if it ended with an error; it does not close. */
  static List<Object> drain(Iter<?> iter) {
    List<Object> all = new ArrayList<>();
    try {
      while (iter.hasNext()) {
        all.add(
            switch (iter.next()) {
              case Pair<?, ?> p -> Arrays.asList(p.first(), p.second());
              case Indexed<?> e -> List.of(e.index(), e.value());
              case Object e -> e;
            });
      }
    } catch (IllegalArgumentException e) {
      all.add("!");
    }
    return all;
  }
}
