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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.SimpleDateFormat;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
        new Jobs.Point(1, "p"),
        new LinkedHashMap<>(Map.of("k", Optional.of(1))).firstEntry(),
        StandardCharsets.UTF_16LE,
        Charset.forName("windows-1252"),
        Charset.forName("IBM273"), // of another module
        HexFormat.ofDelimiter(", ").withPrefix("0x").withUpperCase(),
        ByteBuffer.wrap(new byte[]{1, 2, 3, 4}).position(1).limit(3),
        ByteBuffer.allocate(3).asReadOnlyBuffer(),
        TimeZone.getTimeZone("Asia/Tokyo"),
        TimeZone.getTimeZone("GMT+05:30"),
        calendar(),
        InetSocketAddress.createUnresolved("localhost", 80),
        new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 80),
        InetAddress.ofLiteral("2001:db8::1"));
  }

  private static GregorianCalendar calendar() {
    GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("Pacific/Apia"), Locale.FRANCE);
    calendar.setLenient(false);
    calendar.setGregorianChange(Date.from(Instant.ofEpochMilli(5)));
    calendar.setTimeInMillis(1_234_567);
    return calendar;
  }

  @Test
  void address_isReadWithoutLookingUpNames() throws Exception {
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("localhost", 80);
    assertThat(ends.run(Jobs.echo(unresolved))).hasToString("localhost/<unresolved>:80");
    InetAddress nameless = InetAddress.ofLiteral("127.0.0.1"); // its name could be looked up
    assertThat(ends.run(Jobs.echo(Map.of(nameless, new InetSocketAddress(nameless, 80)))))
        .hasToString("{/127.0.0.1=/127.0.0.1:80}");
  }

  @Test
  void buffer_isACopyWithThePositionAndOrder() throws Exception {
    ByteBuffer whole = ByteBuffer.wrap(new byte[]{0, 1, 2, 3, 4, 5});
    ByteBuffer slice = whole.slice(1, 4).order(ByteOrder.LITTLE_ENDIAN).position(1).limit(3);
    assertThat(requireNonNull(ends.run(Jobs.echo(slice)))).isInstanceOfSatisfying(ByteBuffer.class, it -> {
      assertThat(it.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
      assertThat(it.capacity()).isEqualTo(4);
      assertThat(it).isEqualTo(slice);
      assertThat(it.clear().get(0)).isEqualTo((byte) 1);
      assertThat(it.isReadOnly()).isFalse();
    });
  }

  static Stream<Object> statistics() {
    return Stream.of(
        IntStream.of(3, 5).summaryStatistics(),
        IntStream.empty().summaryStatistics(),
        LongStream.of(Long.MAX_VALUE, -1).summaryStatistics(),
        DoubleStream.of(0.1, 0.2, 0.3).summaryStatistics(),
        DoubleStream.empty().summaryStatistics(),
        DoubleStream.of(Double.NaN, 1).summaryStatistics(),
        DoubleStream.of(1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY).summaryStatistics(),
        DoubleStream.of(Double.MAX_VALUE, Double.MAX_VALUE, Double.NEGATIVE_INFINITY).summaryStatistics(),
        DoubleStream.of(Double.POSITIVE_INFINITY, -Double.MAX_VALUE, -Double.MAX_VALUE).summaryStatistics());
  }

  @ParameterizedTest
  @MethodSource("statistics")
  void statistics_tellTheSame(Object statistics) throws Exception {
    Object back = ends.run(Jobs.echo(statistics));
    assertThat(back).hasSameClassAs(statistics).hasToString(statistics.toString());
  }

  static Stream<Arguments> refused() throws Exception {
    TimeZone renamed = (TimeZone) TimeZone.getTimeZone("Asia/Tokyo").clone();
    renamed.setID("Own/Name"); // so JDK serialization sends it
    return Stream.of(
        Arguments.of(renamed, "send its offset"),
        Arguments.of(DateTimeFormatter.ISO_DATE, "create it where it is used, for example in a static field"),
        Arguments.of(new WeakHashMap<>(), "copy it into a HashMap"),
        Arguments.of(ByteBuffer.allocateDirect(1), "copy its content into an array or a ByteBuffer on the heap"),
        Arguments.of(IntBuffer.allocate(1), "copy its content into an array"),
        Arguments.of(new DecimalFormat("0"), "send its pattern, or the text it makes, or allow the class"),
        Arguments.of(new SimpleDateFormat("yyyy", Locale.ROOT), "send its pattern"),
        Arguments.of(new SimpleTimeZone(1, "Own"), "send its offset"),
        Arguments.of(URI.create("http://x/").toURL(), "send a URI"));
  }

  @Test
  void calendar_thatTheJdkHasSerialized_isRefused() {
    GregorianCalendar wrong = new GregorianCalendar();
    wrong.setLenient(false);
    wrong.set(Calendar.MONTH, 99); // so it has no form
    byte[] bytes = ends.worker.values().encode(List.of(wrong));
    assertThatThrownBy(() -> ends.parent.values().decode(bytes)).isInstanceOf(ResultRefused.class)
        .hasMessageContaining("java.util.GregorianCalendar, which is not accepted");
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refused_withAHint(Object value, String hint) {
    assertThatThrownBy(() -> ends.run(Jobs.echo(value))).hasMessageContaining("; " + hint);
    assertThatThrownBy(() -> ends.run(Jobs.echo(List.of(value)))).hasMessageContaining("; " + hint);
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
