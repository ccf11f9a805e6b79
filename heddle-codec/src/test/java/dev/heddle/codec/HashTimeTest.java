package dev.heddle.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.codec.TestErrors.ResultRefused;
import dev.heddle.testkit.Bounded;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.example.parcels.Parts;
import org.junit.jupiter.api.Test;

/** Results whose sets and maps would take hours to build, because of how the hash codes of their elements are chosen. */
@Bounded(seconds = 60)
class HashTimeTest {
  private static final int MANY = 300_000;

  private final Ends ends = new Ends();
  private final Values parent = ends.parent.values();
  private final Values worker = ends.worker.values();

  private void assertRefused(Object attack, String reason) {
    byte[] bytes = worker.encode(attack);
    assertThatThrownBy(() -> parent.decode(bytes)).isInstanceOf(ResultRefused.class).hasMessageContaining(reason);
  }

  private void assertAccepted(Object honest) {
    assertThat(parent.decode(worker.encode(honest))).isEqualTo(honest);
  }

  /** Returns a set with one element, which takes twice the time for each level; the set was made before it did. */
  private static Set<Object> nested(int depth, BinaryOperator<Object> above) {
    List<Object> element = new ArrayList<>();
    Set<Object> set = new HashSet<>(List.of(element));
    Object top = "x";
    for (int i = 0; i < depth; i++) {
      top = above.apply(top, top);
    }
    element.add(top);
    return set;
  }

  @Test
  void nesting_ofAnyKind_isRefused() {
    List<BinaryOperator<Object>> kinds = List.of(
        Parts.Couple::new, (a, b) -> new Shared(a, b), (a, b) -> new ArrayList<>(Arrays.asList(a, b)), Map::entry,
        (a, b) -> new ArrayList<>(List.of(new Parts.Couple(a, b))));
    for (BinaryOperator<Object> kind : kinds) {
      assertRefused(nested(60, kind), "hash codes of its nested collections and objects");
      assertThat(parent.decode(worker.encode(nested(8, kind)))).isInstanceOf(Set.class);
    }
  }

  private record Shared(Object left, Object right) implements Serializable {}

  /** Objects without a hash code of their own may share others as they like. */
  @Test
  void nesting_withoutHashCodes_isAccepted() {
    Object decoded = parent.decode(worker.encode(nested(60, Parts.Node::new)));
    assertThat(decoded).isInstanceOf(Set.class);
  }

  @Test
  void immutableSets_andMaps_withCollidingElements_areRefused() {
    List<List<Integer>> same = keys();
    Set<Object> set = Set.of(same.toArray());
    Map<List<Integer>, Integer> map = same.stream().collect(Collectors.toUnmodifiableMap(key -> key, _ -> 1));
    same.forEach(key -> key.add(0)); // as a worker could in its message: to make such a set takes too long here, too
    same.forEach(key -> key.set(1, -31 * key.get(0)));
    assertThat(same).allMatch(each -> each.hashCode() == 31 * 31);
    assertRefused(set, "collide");
    assertRefused(map, "collide");

    List<List<Integer>> crowded = keys();
    Set<Object> different = Set.of(crowded.toArray());
    crowded.forEach(key -> key.set(0, 31 * key.get(0)));
    crowded.forEach(key -> key.set(0, key.get(0) / 31 % 1000 * 2 * MANY - 31));
    assertRefused(different, "collide");
  }

  private static List<List<Integer>> keys() {
    return IntStream.range(0, MANY).mapToObj(i -> (List<Integer>) new ArrayList<>(List.of(i))).toList();
  }

  @Test
  void concurrentMap_withKeysOfOneHashCode_isRefused() {
    Map<List<String>, Integer> map = new ConcurrentHashMap<>();
    List<List<String>> keys = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      List<String> key = new ArrayList<>(List.of("" + i));
      map.put(key, i);
      keys.add(key);
    }
    for (int i = 0; i < keys.size(); i++) {
      keys.get(i).clear();
      for (int bit = 0; bit < 19; bit++) {
        keys.get(i).add((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
    }
    assertRefused(map, "too many different objects have the same hash code");
    assertRefused(new ArrayList<>(List.of(keys, map)), "too many different objects have the same hash code");
  }

  /** Keys of one hash code, each with one of two equal texts: each comparison reads the text. */
  private static List<List<Object>> slowKeys(int count) {
    return IntStream.range(0, count).mapToObj(i -> (List<Object>) new ArrayList<Object>(List.of(i))).toList();
  }

  private static void makeSlow(List<List<Object>> keys, int length) {
    String[] texts = {"x".repeat(length), new String("x".repeat(length).toCharArray())};
    for (int i = 0; i < keys.size(); i++) {
      StringBuilder name = new StringBuilder();
      for (int bit = 0; bit < 14; bit++) {
        name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      keys.get(i).clear();
      keys.get(i).addAll(List.of(texts[i % 2], name.toString()));
    }
  }

  @Test
  void keysOfOneHashCode_thatAreSlowToCompare_areRefused() {
    List<List<Object>> keys = slowKeys(3000);
    Map<Object, Object> concurrent = new ConcurrentHashMap<>();
    keys.forEach(key -> concurrent.put(key, 1));
    Set<Object> set = Set.copyOf(keys);
    Map<Object, Integer> map = keys.stream().collect(Collectors.toUnmodifiableMap(key -> key, _ -> 1));
    makeSlow(keys, 1_000_000);
    assertRefused(concurrent, "too many different objects have the same hash code");
    assertRefused(set, "collide");
    assertRefused(map, "collide");
  }

  /** A message of one put into a map, which no check of the time cuts short. */
  @Test
  void keys_thatAreSlowToCompare_byNesting_areRefused() {
    List<List<Object>> keys = slowKeys(2);
    Map<Object, Object> map = new HashMap<>();
    keys.forEach(key -> map.put(key, 1));
    for (List<Object> key : keys) {
      List<Object> many = new ArrayList<>(Collections.nCopies(1000, "x".repeat(1_000_000)));
      key.clear();
      key.addAll(Collections.nCopies(1000, many));
    }
    assertRefused(map, "too long to compare");
  }

  /** Writes another object in its place, as a worker can in its message. */
  private record Replaced(Object by, int number) implements Comparable<Replaced>, Serializable {
    private Object writeReplace() {
      return by;
    }

    @Override
    public int compareTo(Replaced other) {
      return Integer.compare(number, other.number);
    }
  }

  private static String text(char of) {
    return String.valueOf(of).repeat(1_000_000);
  }

  /** Two keys of one hash code, again and again: references to objects that the message holds before are short. */
  @Test
  void repeatedKeys_ofAConcurrentMap_areRefused() {
    List<List<String>> keys = List.of(new ArrayList<>(List.of(text('x'))), new ArrayList<>(List.of(text('x'))));
    Map<Object, Object> map = new ConcurrentHashMap<>();
    for (int i = 0; i < MANY; i++) {
      map.put(new Replaced(keys.get(i % 2), i), 1);
    }
    assertRefused(map, "take too long to compare");
  }

  private record Ranked(StringBuilder text) implements Comparable<Ranked>, Serializable {
    @Override
    public int compareTo(Ranked other) {
      return text.compareTo(other.text);
    }
  }

  @Test
  void queues_whoseElementsAreSlowToCompare_areRefused() {
    String[] texts = {text('x'), text('x')};
    StringBuilder[] builders = {new StringBuilder(), new StringBuilder()};
    PriorityQueue<Object> ranked = new PriorityQueue<>();
    PriorityQueue<Object> repeated = new PriorityQueue<>();
    PriorityQueue<Object> letters = new PriorityQueue<>(Collections.reverseOrder());
    for (int i = 0; i < MANY; i++) {
      ranked.add(new Ranked(builders[i % 2]));
      repeated.add(new Replaced(texts[i % 2], i));
    }
    for (int i = 0; i < 20_000; i++) {
      letters.add(new Replaced(texts[i % 2], i));
    }
    assertThat(parent.decode(worker.encode(ranked))).isInstanceOf(PriorityQueue.class);
    builders[0].append(texts[0]);
    builders[1].append(texts[1]);
    assertRefused(ranked, "take too long to compare");
    assertRefused(repeated, "take too long to compare");
    assertRefused(new Object[]{String.CASE_INSENSITIVE_ORDER, letters}, "take too long to compare");
  }

  @Test
  void ordinaryMaps_areAccepted() {
    assertAccepted(IntStream.range(0, MANY).boxed().collect(Collectors.toUnmodifiableSet()));
    assertAccepted(
        IntStream.range(0, 100_000).mapToObj(i -> "key " + i).collect(Collectors.toUnmodifiableMap(k -> k, String::length)));
    assertAccepted(Stream.iterate(new Parts.Money(1), m -> new Parts.Money(m.cents() * 31 + 7)).limit(10_000)
        .collect(Collectors.toUnmodifiableSet()));
    Map<String, Object> concurrent = new ConcurrentHashMap<>();
    Map<Object, Object> grid = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      concurrent.put("key " + i, i % 2 == 0 ? new ArrayList<>() : new Shared(i % 7, "x"));
      grid.put(new Shared(i / 300, i % 300), i);
    }
    String document = text('d');
    concurrent.put("document", document);
    for (int i = 0; i < 10_000; i++) {
      concurrent.put("of " + i, new Shared(i, document));
    }
    assertAccepted(concurrent);
    assertAccepted(Set.of(document, List.of(document, 1), List.of(document, 2), "x", 1, 2, 3));
    assertAccepted(new ConcurrentHashMap<>(grid));
  }

  @Test
  void immutableCollections_comeBackAsTheyWere() {
    for (Object each : List.of(List.of(), List.of(1), List.of(1, 2, 3), Stream.of(1, null).toList(), Set.of(), Set.of("x"),
        Set.of(1, 2, 3), Map.of(), Map.of("k", List.of()), Map.of(1, 2, 3, 4),
        List.of(Set.of(List.of(Map.of(1, Set.of()))), Set.of()))) {
      Object[] back = (Object[]) Objects.requireNonNull(parent.decode(worker.encode(new Object[]{each})));
      assertThat(back[0]).isEqualTo(each).hasSameClassAs(each);
    }
  }
}
