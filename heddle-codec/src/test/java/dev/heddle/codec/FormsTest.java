package dev.heddle.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.codec.TestErrors.ResultRefused;
import dev.heddle.codec.apps.Jobs;
import dev.heddle.codec.apps.Shapes;
import dev.heddle.testkit.Bounded;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Data that is sent without configuration, though not all of it is {@code Serializable}. */
@Bounded(seconds = 60)
class FormsTest {
  private final Ends ends = new Ends();

  static Stream<Object> values() {
    TreeMap<String, Integer> sorted = new TreeMap<>(Collections.reverseOrder());
    sorted.putAll(Map.of("a", 1, "b", 2, "c", 3));
    List<Integer> numbers = new ArrayList<>(List.of(1, 2, 3, 4));
    return Stream.of(
        Path.of("/etc/hostname"),
        Path.of("relative/with space"),
        Optional.of(List.of(1)),
        Optional.empty(),
        OptionalInt.of(7),
        OptionalLong.empty(),
        OptionalDouble.of(0.5),
        BigInteger.TEN.pow(50),
        new BigDecimal("1.50"),
        ZonedDateTime.parse("2026-11-29T15:00:00+13:00[Pacific/Auckland]"),
        numbers.subList(1, 3),
        List.of(1, 2, 3).subList(0, 2),
        Arrays.asList(1, 2, 3).subList(0, 2),
        numbers.reversed(),
        Arrays.asList(1, null),
        Map.entry("k", Optional.of(1)),
        Map.of("k", 1).entrySet(),
        new ConcurrentHashMap<>(Map.of("k", List.of(1))),
        new CopyOnWriteArrayList<>(List.of(1)),
        sorted.keySet(),
        sorted.headMap("b", true),
        sorted.firstEntry(),
        Collections.unmodifiableMap(sorted),
        Stream.of(1, 2).toList(),
        EnumSet.of(Jobs.Colour.GREEN),
        new EnumMap<>(Map.of(Jobs.Colour.RED, Path.of("x"))),
        Shapes.circle(),
        new Shapes.Group(List.of(Shapes.circle(), new Shapes.Group(List.of(), Optional.empty())), Optional.of(Path.of("x"))),
        Shapes.hidden(Shapes.hidden(null)),
        Shapes.local(5),
        new Jobs.Point(1, "p"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void value_asACaptureAndAsAResult_isEqual(Object value) throws Exception {
    assertThat(ends.run(Jobs.echo(value))).isEqualTo(value);
    assertThat(ends.run(Jobs.echo(List.of(value, "x")))).isEqualTo(List.of(value, "x"));
    assertThat(ends.run(Jobs.echo(new Object[][]{{value}}))).isEqualTo(new Object[][]{{value}});
  }

  @Test
  void view_keepsItsOrder() throws Exception {
    TreeMap<String, Integer> sorted = new TreeMap<>(Collections.reverseOrder());
    sorted.putAll(Map.of("a", 1, "b", 2));
    assertThat(requireNonNull(ends.run(Jobs.echo(sorted.keySet()))).toString()).isEqualTo("[b, a]");
    assertThat((Iterable<?>) requireNonNull(ends.run(Jobs.echo(sorted.values())))).hasToString("[2, 1]");
  }

  @Test
  void pattern_andArraysOfArrays() throws Exception {
    assertThat(requireNonNull(ends.run(Jobs.echo(Pattern.compile("x+", Pattern.COMMENTS)))))
        .isInstanceOfSatisfying(Pattern.class, it -> {
          assertThat(it.pattern()).isEqualTo("x+");
          assertThat(it.flags()).isEqualTo(Pattern.COMMENTS);
        });
    assertThat(ends.run(Jobs.echo(new int[][]{{1}, {}}))).isEqualTo(new int[][]{{1}, {}});
    Shapes.Shape[] shapes = {Shapes.circle()};
    assertThat(ends.run(Jobs.echo(shapes))).isInstanceOf(Shapes.Shape[].class).isEqualTo(shapes);
  }

  @Test
  void lambda_capturingARecord() throws Exception {
    assertThat(ends.run(Shapes.capturing(new Shapes.Group(List.of(Shapes.circle()), Optional.of(Path.of("x"))))))
        .isEqualTo("1 true");
  }

  @Test
  void object_referredToTwice_isOneObject() throws Exception {
    Object record = Shapes.hidden("x");
    List<?> twice = (List<?>) requireNonNull(ends.run(Jobs.echo(new ArrayList<>(List.of(record, record)))));
    assertThat(twice.get(0)).isSameAs(twice.get(1));
  }

  @Test
  void record_inACycle_isMadeAgain() throws Exception {
    List<Object> next = new ArrayList<>();
    Shapes.Node node = new Shapes.Node("n", next);
    next.add(node);
    for (Object sent : new Object[]{next, new Object[]{node}}) {
      Object back = requireNonNull(ends.run(Jobs.echo(new ArrayList<>(List.of(sent)))));
      Object first = ((List<?>) back).getFirst();
      Shapes.Node made = (Shapes.Node) (first instanceof Object[] all ? all[0] : ((List<?>) first).getFirst());
      assertThat(made.next().getFirst()).isInstanceOfSatisfying(Shapes.Node.class, it -> {
        assertThat(it.name()).isEqualTo("n");
        assertThat(it.next()).isSameAs(made.next());
      });
    }
  }

  @Test
  void component_refusedByTheConstructor_failsTheResult() {
    byte[] bytes = ends.worker.values().encode(List.of(new Shapes.Checked(99)));
    bytes[lastIndexOf(bytes, (byte) 99)] = 101;
    assertThatThrownBy(() -> ends.parent.values().decode(bytes))
        .isInstanceOf(ResultRefused.class)
        .hasMessageContaining("percent must be at most 100, but was 101");
  }

  private static int lastIndexOf(byte[] in, byte what) {
    for (int i = in.length - 1; i >= 0; i--) {
      if (in[i] == what) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }
}
