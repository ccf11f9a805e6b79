package dev.heddle.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.codec.TestErrors.ResultNotSent;
import dev.heddle.codec.TestErrors.ResultRefused;
import dev.heddle.codec.apps.Jobs;
import dev.heddle.codec.message.ValueTag;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.Effort;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.example.parcels.Parts;
import org.junit.jupiter.api.Test;

@Bounded(seconds = 60)
class ValuesTest {
  private final Ends ends = new Ends();
  private final Values parent = ends.parent.values();
  private final Values worker = ends.worker.values();

  private static long seed() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    return seed;
  }

  @Test
  void randomGraphs_roundTrip() throws Exception {
    long seed = seed();
    Graphs graphs = new Graphs(new Random(seed));
    for (int i = 0; i < 2000 * Effort.FACTOR; i++) {
      Object[] value = {graphs.any(5)};
      assertThat((Object[]) parent.decode(worker.encode(value)))
          .as("seed %d, round %d, as a result", seed, i)
          .usingRecursiveComparison()
          .withStrictTypeChecking()
          .isEqualTo(value);
      if (i % 10 == 0) {
        assertThat((Object[]) ends.run(Jobs.echo(value)))
            .as("seed %d, round %d, as a capture", seed, i)
            .usingRecursiveComparison()
            .isEqualTo(value);
      }
    }
  }

  @Test
  void randomMutations_giveATypedErrorOrAValue() {
    long seed = seed();
    Random random = new Random(seed);
    Graphs graphs = new Graphs(random);
    int refused = 0;
    for (int i = 0; i < 4000 * Effort.FACTOR; i++) {
      byte[] bytes = worker.encode(new Object[]{graphs.any(3), graphs.any(3)});
      for (int n = random.nextInt(3); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(20));
      }
      if (random.nextInt(5) == 0) {
        bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      try {
        parent.decode(bytes);
      } catch (ResultRefused | TestErrors.Failed e) { // the latter for the digest of a class that was mutated
        refused++;
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ", round " + i, e);
      }
    }
    assertThat(refused).isGreaterThan(1000 * Effort.FACTOR);
  }

  @Test
  void runsOfNumbers_andWhatBreaksThem() {
    Object[] mixed = {1, 2, 3, 4, 5, 6L, 7L, 8L, 9L, 1.0, -0.0, Double.NaN, 4.0, null, 5.0, 1, 1, 1, "x", 2, 3, 4, 5};
    assertThat((Object[]) parent.decode(worker.encode(mixed))).containsExactly(mixed);
    Object[] thousand = new Object[1001];
    for (int i = 0; i < 1000; i++) {
      thousand[i] = i;
    }
    thousand[1000] = 1L;
    byte[] bytes = worker.encode(thousand);
    assertThat(bytes).hasSizeLessThan(4030);
    assertThat((Object[]) parent.decode(bytes)).containsExactly(thousand);
  }

  @Test
  void refusedClass_isNamedWithTheRemedy() {
    Parts.ran = false;
    assertThatThrownBy(() -> parent.decode(worker.encode(List.of(new Parts.Widget()))))
        .isInstanceOf(ResultRefused.class)
        .hasMessageContaining("an object of org.example.parcels.Parts$Widget, which is not accepted")
        .hasMessageContaining("withAllowedResults(\"org.example.parcels.Parts$Widget\"::equals)");
    assertThat(Parts.ran).isFalse();
    Ends allowing = new Ends(DecodeLimits.DEFAULT.withAllowed(name -> name.startsWith("org.example.parcels.")), null);
    assertThat(allowing.parent.values().decode(allowing.worker.values().encode(List.of(new Parts.Widget()))))
        .isEqualTo(List.of(new Parts.Widget()));
  }

  @Test
  void plainData_ofALibrary_isAccepted() {
    Object value = List.of(new Parts.Complex(1, -0.0));
    assertThat(parent.decode(worker.encode(value))).isEqualTo(value);
  }

  @Test
  void class_thatRunsOtherCodeWhenItIsReadOrCompared_isRefused() {
    Parts.ran = false;
    for (Object value : List.of(new Parts.Trap(), new Parts.Key(null), new Parts.Order(), new Parts.Ranked(),
        new Parts.Caller(new Parts.Complex(1,
            2)))) {
      assertThatThrownBy(() -> parent.decode(worker.encode(new ArrayList<>(List.of(value)))))
          .isInstanceOf(ResultRefused.class)
          .hasMessageContaining("an object of " + value.getClass().getName());
    }
    assertThat(Parts.ran).isFalse();
  }

  @Test
  void nestedSets_whoseHashCodesTakeForEver_areRefused() {
    Set<Object> shallow = new HashSet<>(List.of(nested(10)));
    assertThat(parent.decode(worker.encode(shallow))).isEqualTo(shallow);
    assertThat(parent.decode(worker.encode(nested(60)))).as("lists alone are not hashed").isInstanceOf(List.class);
    List<Object> element = new ArrayList<>();
    Set<Object> attack = new HashSet<>(List.of(element));
    element.add(nested(60)); // while it is in the set, whose hash code is therefore never computed here
    byte[] deep = worker.encode(attack);
    assertThatThrownBy(() -> parent.decode(deep))
        .isInstanceOf(ResultRefused.class)
        .hasMessageContaining("hash codes of its nested collections");
  }

  /** Of the package above that of the tasks. */
  static final class Above extends ArrayList<Object> {}

  /** Returns a list of two lists that are one, and so on; its hash code takes two to the power of the depth steps. */
  private static List<Object> nested(int depth) {
    List<Object> list = new ArrayList<>(List.of("x"));
    for (int i = 0; i < depth; i++) {
      list = new ArrayList<>(Arrays.asList(list, list));
    }
    return list;
  }

  @Test
  void application_isWhereTasksComeFrom() throws Exception {
    byte[] ledger = worker.encode(new Jobs.Ledger());
    assertThatThrownBy(() -> parent.decode(ledger)).isInstanceOf(ResultRefused.class);
    ends.run(Jobs.sum(1, 2));
    assertThat(parent.decode(ledger)).isInstanceOf(Jobs.Ledger.class);
    byte[] above = worker.encode(new Above());
    assertThatThrownBy(() -> parent.decode(above)).as("of the package above the tasks'").isInstanceOf(ResultRefused.class);
    ends.run(Jobs.echo(new Parts.Widget().hashCode()));
    assertThatThrownBy(() -> ends.run(Jobs.echo(new Parts.Widget()))).isInstanceOf(ResultRefused.class);
  }

  @Test
  void lambdasAndProxies_areRefused() throws Exception {
    ends.run(Jobs.sum(1, 2));
    assertThatThrownBy(() -> ends.run(Jobs.echo(Jobs.sum(1, 2))))
        .isInstanceOf(ResultRefused.class)
        .hasMessageContaining("SerializedLambda");
    InvocationHandler handler = (InvocationHandler & Serializable) (proxy, method, args) -> null;
    Object proxy = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{Comparable.class}, handler);
    assertThatThrownBy(() -> parent.decode(worker.encode(proxy)))
        .isInstanceOf(ResultRefused.class)
        .hasMessageContaining("a proxy of [java.lang.Comparable]");
  }

  @Test
  void jdkClasses_thatAct_areRefused() throws Exception {
    assertThat(parent.decode(worker.encode(URI.create("http://localhost/")))).isEqualTo(URI.create("http://localhost/"));
    Object url = URI.create("http://localhost/").toURL();
    assertThatThrownBy(() -> parent.decode(worker.encode(url)))
        .isInstanceOf(ResultRefused.class)
        .hasMessageContaining("java.net.URL");
  }

  @Test
  void arrayClaims_areBounded() {
    byte[] huge = {0, ValueTag.ARRAY + 5, -1, -1, -1, -1, 7};
    assertThatThrownBy(() -> parent.decode(huge)).isInstanceOf(ResultRefused.class);
    byte[] nested = new byte[300];
    for (int i = 1; i + 1 < nested.length; i += 3) {
      nested[i] = ValueTag.OBJECTS;
      nested[i + 1] = 100;
    }
    assertThatThrownBy(() -> parent.decode(nested)).isInstanceOf(ResultRefused.class);
    byte[] serialized = worker.encode(new ArrayList<>(List.of(new long[1])));
    int at = lastIndexOf(serialized, new byte[]{0, 0, 0, 1});
    serialized[at] = 0x7f;
    assertThatThrownBy(() -> parent.decode(serialized)).isInstanceOf(ResultRefused.class);
  }

  private static int lastIndexOf(byte[] in, byte[] what) {
    for (int i = in.length - what.length; i >= 0; i--) {
      if (java.util.Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  @Test
  void depth_isBounded() {
    Object deep = List.of();
    for (int i = 0; i < 100; i++) {
      deep = new ArrayList<>(List.of(deep));
    }
    byte[] bytes = worker.encode(deep);
    assertThat(parent.decode(bytes)).isInstanceOf(List.class);
    Ends strict = new Ends(new DecodeLimits(50, 1000, 0, DecodeLimits.DEFAULT.patience(), name -> false), null);
    assertThatThrownBy(() -> strict.parent.values().decode(bytes))
        .isInstanceOf(ResultRefused.class)
        .hasMessageContaining("more than 50 deep");
    assertThatThrownBy(() -> strict.parent.values().decode(worker.encode(new ArrayList<>(Collections.nCopies(2000, "x")))))
        .isInstanceOf(ResultRefused.class)
        .hasMessageContaining("more than 1000 objects");
    Object endless = deep;
    for (int i = 0; i < 100_000; i++) {
      endless = new ArrayList<>(Collections.singletonList(endless));
    }
    Object tooDeep = endless;
    assertThatThrownBy(() -> worker.encode(tooDeep))
        .isInstanceOf(ResultNotSent.class)
        .hasMessageContaining("too deeply");
  }

  @Test
  void keys_ofOneHashCode_areReadForABoundedTime() {
    Map<List<String>, Integer> map = new HashMap<>();
    List<List<String>> keys = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) { // lists cannot be compared, so a bucket of them is searched through
      List<String> key = new ArrayList<>(List.of("" + i));
      map.put(key, i);
      keys.add(key);
    }
    for (int i = 0; i < keys.size(); i++) {
      keys.get(i).clear();
      for (int bit = 0; bit < 17; bit++) {
        keys.get(i).add((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
    }
    byte[] bytes = worker.encode(map);
    Ends hasty = new Ends(DecodeLimits.DEFAULT.withPatience(Duration.ofMillis(1)), null);
    assertThatThrownBy(() -> hasty.parent.values().decode(bytes))
        .isInstanceOf(ResultRefused.class)
        .hasMessageContaining("takes longer than 1 ms");
  }

  @Test
  void result_notSerializable_namesThePath() {
    assertThatThrownBy(() -> worker.encode(Map.of("k", List.of(1, new Thread()))))
        .isInstanceOf(ResultNotSent.class)
        .hasMessageContaining("[k][1]: java.lang.Thread works within one process only");
  }

  @Test
  void collections_mayBeLargeAndSparse() {
    Map<Integer, Integer> map = new HashMap<>();
    Set<Integer> set = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      map.put(i, 1);
      set.add(i);
    }
    assertThat(parent.decode(worker.encode(List.of(map, set)))).isEqualTo(List.of(map, set));
    assertThat(parent.decode(worker.encode(new ArrayList<>(Collections.nCopies(1_000_000, null))))).isInstanceOf(List.class);
  }
}
