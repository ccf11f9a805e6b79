package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an {@link Iter} keeps in memory: nothing of its source when it is closed or has ended, and while used only what it needs. */
@Timeout(120)
@SuppressWarnings({"ReturnValueIgnored", "NullAway", "ReachabilityFenceUsage", "ModifiedButNotUsed"}) // calls made for what they leave reachable
class RetentionTest {

  /** An element, comparable for the functions that sort. */
  private record Element(int number) implements Comparable<Element> {
    @Override
    public int compareTo(Element other) {
      return Integer.compare(number, other.number);
    }
  }

  /** Makes an iterator over the elements of a source. */
  private interface Factory {
    Iter<?> over(List<Element> source);
  }

  /** Every function that makes an iterator of a source. */
  private static Map<String, Factory> factories() {
    Map<String, Factory> all = new LinkedHashMap<>();
    all.put("from", Iter::from);
    all.put("fromIterator", s -> Iter.fromIterator(s.iterator()));
    all.put("fromStream", s -> Iter.fromStream(s.stream()));
    all.put("map", s -> Iter.from(s).map(e -> e));
    all.put("flatMap", s -> Iter.from(s).flatMap(List::of));
    all.put("filter", s -> Iter.from(s).filter(e -> true));
    all.put("takeWhile", s -> Iter.from(s).takeWhile(e -> true));
    all.put("dropWhile", s -> Iter.from(s).dropWhile(e -> false));
    all.put("skip", s -> Iter.from(s).skip(1));
    all.put("islice", s -> Iter.from(s).islice(0, 100, 1));
    all.put("enumerate", s -> Iter.from(s).enumerate());
    all.put("batched", s -> Iter.from(s).batched(2));
    all.put("pairwise", s -> Iter.from(s).pairwise());
    all.put("accumulate", s -> Iter.from(s).accumulate((a, b) -> b));
    all.put("accumulate from an initial value", s -> Iter.from(s).accumulate(new Element(-1), (a, b) -> b));
    all.put("groupBy", s -> Iter.from(s).groupBy(e -> e));
    all.put("peek", s -> Iter.from(s).peek(e -> {}));
    all.put("distinct", s -> Iter.from(s).distinct());
    all.put("gather", s -> Iter.from(s).gather(Gatherers.windowSliding(2)));
    all.put("generator", s -> {
      List<Element> list = s; // captured
      return Generator.<Element>of(y -> {
        for (Element each : list) {
          y.yield(each);
        }
      });
    });
    all.put("generator that delegates", s -> Generator.<Element>of(y -> y.yieldFrom(s)));
    all.put("cycle", Itertools::cycle);
    all.put("repeat", s -> Itertools.repeat(s.getFirst(), 3));
    all.put("starMap", s -> Itertools.starMap((a, b) -> a, Iter.from(s).map(e -> Pair.of(e, e))));
    all.put("tee", s -> Itertools.tee(s, 1).getFirst());
    all.put("concurrentTee", s -> Itertools.concurrentTee(s, 1).getFirst());
    all.put("serialize", Itertools::serialize);
    all.put("chain", s -> Itertools.chain(s, s));
    all.put("chainFromIterable", s -> Itertools.chainFromIterable(List.of(s, s)));
    all.put("chain of chains", s -> Iter.from(s).chain(Iter.from(s)).chain(Iter.from(s).map(e -> e)));
    all.put("compress", s -> Itertools.compress(s, Itertools.repeat(true)));
    all.put("compress, selectors shorter", s -> Itertools.compress(s, List.of(true, true)));
    all.put("zip", s -> Itertools.zip(s, Iter.from(s)));
    all.put("zip, second shorter", s -> Itertools.zip(s, Iter.of(1, 2)));
    all.put("zipStrict", s -> Itertools.zipStrict(s, Iter.from(s)));
    all.put("zipAll", s -> Itertools.zipAll(List.of(s, s, s)));
    all.put("zipAll, last shorter", s -> Itertools.zipAll(List.of(s, s, s.subList(0, 2))));
    all.put("zipLongest", s -> Itertools.zipLongest(s, s.subList(0, 2)));
    all.put("zipAllLongest", s -> Itertools.zipAllLongest(List.of(s, s.subList(0, 2), s), new Element(-1)));
    all.put("product", s -> Itertools.product(s, s));
    all.put("permutations", s -> Itertools.permutations(s, 2));
    all.put("combinations", s -> Itertools.combinations(s, 2));
    all.put("combinationsWithReplacement", s -> Itertools.combinationsWithReplacement(s, 2));
    all.put("tail", s -> Recipes.tail(2, s));
    all.put("uniqueJustSeen", Recipes::uniqueJustSeen);
    all.put("uniqueEverSeen", Recipes::uniqueEverSeen);
    all.put("slidingWindow", s -> Recipes.slidingWindow(s, 2));
    all.put("grouper", s -> Recipes.grouper(s, 3, new Element(-1)));
    all.put("roundRobin", s -> Recipes.roundRobin(s, s));
    all.put("partition", s -> Recipes.partition(e -> true, s).first());
    all.put("powerset", Recipes::powerset);
    all.put("peekable", MoreItertools::peekable);
    all.put("seekable that keeps 1", s -> MoreItertools.seekable(s, 1));
    all.put("spy", s -> MoreItertools.spy(s, 2).second());
    all.put("splitAt", s -> MoreItertools.splitAt(s, e -> false));
    all.put("splitBefore", s -> MoreItertools.splitBefore(s, e -> true));
    all.put("splitAfter", s -> MoreItertools.splitAfter(s, e -> true));
    all.put("splitWhen", s -> MoreItertools.splitWhen(s, (a, b) -> true));
    all.put("consecutiveGroups", s -> MoreItertools.consecutiveGroups(s, Element::number));
    all.put("bucket", s -> MoreItertools.bucket(s, e -> 1).get(1));
    all.put("interleaveLongest", s -> MoreItertools.interleaveLongest(s, s));
    all.put("collapse", MoreItertools::collapse);
    all.put("distinctPermutations", s -> MoreItertools.distinctPermutations(s, 2));
    all.put("sideEffect", s -> MoreItertools.sideEffect(e -> {}, s));
    all.put("sorted", s -> Iter.from(s).sorted(Comparator.<Element>naturalOrder()));
    all.put("reversed", s -> Iter.from(s).reversed());
    all.put("mergeSorted", s -> Builtins.mergeSorted(s, s));
    all.put("zip of three", s -> Itertools.zip(s, s, s));
    all.put("nCycles", s -> Recipes.nCycles(s, 2));
    all.put("prepend", s -> Recipes.prepend(s.getFirst(), s));
    all.put("beforeAndAfter", s -> Recipes.beforeAndAfter(e -> true, s).first());
    all.put("subslices", Recipes::subslices);
    all.put("pipeline", s -> Iter.from(s).map(e -> e).filter(e -> true).enumerate().pairwise().batched(2).limit(100));
    return all;
  }

  /** An iterator that was used up, and what must be garbage now. */
  private record Case(String name, Iter<?> iter, List<WeakReference<?>> gone) {
    boolean holds() {
      return gone.stream().anyMatch(each -> each.get() != null);
    }
  }

  private static List<Element> source() {
    return IntStream.range(0, 4).mapToObj(Element::new).collect(ArrayList::new, List::add, List::addAll);
  }

  private static Case used(String name, Factory factory, Consumer<Iter<?>> use) {
    List<Element> source = source();
    List<WeakReference<?>> gone = new ArrayList<>(List.of(new WeakReference<>(source)));
    source.forEach(each -> gone.add(new WeakReference<>(each)));
    Iter<?> iter = factory.over(source);
    use.accept(iter);
    return new Case(name, iter, gone);
  }

  /** The names of those that hold on to something, after enough collections that what can go has gone. */
  private static Set<String> holding(List<Case> cases) {
    for (int k = 0; k < 10 && cases.stream().anyMatch(Case::holds); k++) {
      System.gc();
    }
    Set<String> names = new TreeSet<>(Comparator.naturalOrder());
    cases.stream().filter(Case::holds).forEach(each -> names.add(each.name()));
    Reference.reachabilityFence(cases);
    return names;
  }

  private static Set<String> holdingAfter(Consumer<Iter<?>> use) {
    List<Case> cases = new ArrayList<>();
    factories().forEach((name, factory) -> cases.add(used(name, factory, use)));
    return holding(cases);
  }

  @Test
  void close_beforeTheFirstElement_keepsNothing() {
    assertThat(holdingAfter(Iter::close)).isEmpty();
  }

  @Test
  void close_amidst_keepsNothing() {
    assertThat(
        holdingAfter(
            iter -> {
              iter.nextOr(null);
              iter.hasNext();
              iter.close();
            }))
        .isEmpty();
  }

  /** Endless ones have no end; these keep a way back, or what another branch would need. */
  private static final Set<String> NO_END = Set.of("cycle");

  @Test
  void end_byHasNextAndNext_keepsNothing() {
    assertThat(
        holdingAfter(
            iter -> {
              for (int k = 0; k < 100 && iter.hasNext(); k++) {
                iter.next();
              }
            }))
        .isSubsetOf(with(NO_END, STOPS_EARLY, Set.of("seekable that keeps 1")));
  }

  @Test
  void end_byNextOr_keepsNothing() {
    assertThat(
        holdingAfter(
            iter -> {
              for (int k = 0; k < 100; k++) {
                iter.nextOr(null);
              }
            }))
        .isSubsetOf(with(NO_END, STOPS_EARLY, Set.of("seekable that keeps 1")));
  }

  @Test
  void end_bySink_keepsNothing() {
    assertThat(
        holdingAfter(
            iter -> {
              if (iter instanceof Generator<?>) {
                iter.count();
              } else {
                iter.limit(100).toList();
              }
            }))
        .isSubsetOf(with(NO_END, STOPS_EARLY, Set.of("seekable that keeps 1")));
  }

  /** They end before their source does, of which they leave the rest. */
  private static final Set<String> STOPS_EARLY = Set.of(
      "compress, selectors shorter", "zip", "zip of three", "zip, second shorter", "zipAll", "zipAll, last shorter");

  @SafeVarargs
  private static Set<String> with(Set<String>... sets) {
    Set<String> all = new TreeSet<>();
    for (Set<String> each : sets) {
      all.addAll(each);
    }
    return all;
  }

  /** A source that makes each element when it is asked for, and keeps none. */
  private static Iter<Object> fresh(List<WeakReference<?>> made) {
    return Itertools.count(0).map(n -> {
      Object element = new Element(n);
      made.add(new WeakReference<>(element));
      return element;
    });
  }

  /** Makes an iterator over a source that keeps no element. */
  private interface Streaming {
    Iter<?> over(Iter<Object> source);
  }

  /** Those that have no need of an element which they have handed out. */
  private static Map<String, Streaming> streaming() {
    Map<String, Streaming> all = new LinkedHashMap<>();
    all.put("map", s -> s.map(e -> e));
    all.put("flatMap", s -> s.flatMap(e -> Itertools.repeat(e, 1)));
    all.put("filter", s -> s.filter(e -> true));
    all.put("takeWhile", s -> s.takeWhile(e -> true));
    all.put("dropWhile", s -> s.dropWhile(e -> false));
    all.put("islice", s -> s.islice(0, 100, 1));
    all.put("enumerate", Iter::enumerate);
    all.put("batched", s -> s.batched(1));
    all.put("chain", s -> Itertools.chain(s, s));
    all.put("chainFromIterable", s -> Itertools.chainFromIterable(List.of(s, s)));
    all.put("compress", s -> Itertools.compress(s, Itertools.repeat(true)));
    all.put("zip", s -> Itertools.zip(s, Itertools.count()));
    all.put("zipAll", s -> Itertools.zipAll(List.of(s, s)));
    all.put("zipAllLongest", s -> Itertools.zipAllLongest(List.of(s, s), "none"));
    all.put("group", s -> Itertools.groupBy(s, e -> 1).next());
    all.put("tee of one", s -> Itertools.tee(s, 1).getFirst());
    all.put("concurrentTee of one", s -> Itertools.concurrentTee(s, 1).getFirst());
    all.put("serialize", Itertools::serialize);
    all.put("peek", s -> s.peek(e -> {}));
    all.put("unique by key", s -> Recipes.uniqueJustSeen(s, e -> new Object()));
    all.put("window of one", s -> Recipes.slidingWindow(s, 1));
    all.put("roundRobin", s -> Recipes.roundRobin(s, s));
    all.put("peekable", MoreItertools::peekable);
    all.put("split", s -> MoreItertools.splitAfter(s, e -> true));
    all.put("generator", s -> Generator.<Object>of(y -> y.yieldFrom(s)));
    return all;
  }

  private static Case inUse(String name, Streaming factory, boolean ask) {
    List<WeakReference<?>> made = new ArrayList<>();
    Iter<?> iter = factory.over(fresh(made));
    for (int k = 0; k < 3; k++) {
      if (ask) {
        iter.hasNext();
      }
      iter.next();
    }
    return new Case(name, iter, made);
  }

  private static Set<String> holdingInUse(boolean ask) {
    List<Case> cases = new ArrayList<>();
    streaming().forEach((name, factory) -> cases.add(inUse(name, factory, ask)));
    return holding(cases);
  }

  @Test
  void next_elementsHandedOut_areNotKept() {
    assertThat(holdingInUse(false)).isEmpty();
  }

  @Test
  void hasNextAndNext_elementsHandedOut_areNotKept() {
    assertThat(holdingInUse(true)).isEmpty();
  }

  @Test
  void chainFromIterable_sourcesThatHaveEnded_areNotKept() {
    List<WeakReference<?>> inner = new ArrayList<>();
    Iter<Integer> outer = Itertools.chainFromIterable(
        Itertools.range(100).map(n -> {
          Iter<Integer> stage = Iter.of(n, n).map(e -> e + 1).filter(e -> true); // which is not closed by its end
          inner.add(new WeakReference<>(stage));
          return stage;
        }));
    for (int k = 0; k < 150; k++) {
      outer.next();
    }
    List<WeakReference<?>> ended = inner.subList(0, 70);
    assertThat(holding(List.of(new Case("chainFromIterable", outer, ended)))).isEmpty();
  }

  @Test
  void chain_sourcesThatHaveEnded_areNotKept() {
    List<Iter<Integer>> sources = new ArrayList<>();
    List<WeakReference<?>> gone = new ArrayList<>();
    Iter<Integer> chain = Iter.of(-1);
    for (int k = 0; k < 10; k++) {
      Iter<Integer> stage = Iter.of(k).map(e -> e);
      sources.add(stage);
      gone.add(new WeakReference<>(stage));
      chain = chain.chain(stage);
    }
    sources.clear();
    for (int k = 0; k < 9; k++) {
      chain.next();
    }
    assertThat(holding(List.of(new Case("chain", chain, gone.subList(0, 7))))).isEmpty();
  }
}
