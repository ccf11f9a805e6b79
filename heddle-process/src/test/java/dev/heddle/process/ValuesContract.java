package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.testkit.Bounded;
import java.io.Serializable;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.EnumMap;
import java.util.GregorianCalendar;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

/** Values that tasks, their inputs and results may consist of on every engine, without configuration. */
@Bounded(seconds = 120)
abstract class ValuesContract {

  abstract Executor pool();

  sealed interface Shape permits Square, Both {}

  record Square(int side) implements Shape {}

  record Both(Shape first, Shape second) implements Shape {}

  private record Secret<T>(T content) {}

  enum Level {
    LOW, HIGH {
      @Override
      public String toString() {
        return "high";
      }
    }
  }

  static Stream<Object> values() {
    record Local(Path path) {}
    return Stream.of(
        Path.of("/etc/hostname"),
        Optional.of(3),
        OptionalInt.empty(),
        new BigDecimal("1.50"),
        Instant.EPOCH,
        List.of(1, 2, 3).subList(1, 3),
        new ArrayList<>(List.of(1, 2, 3)).subList(1, 3),
        Map.entry("k", 1),
        Arrays.asList(1, null),
        new EnumMap<>(Map.of(Level.HIGH, List.of(Level.LOW))),
        new int[][]{{1}, {2, 3}},
        new Both(new Square(1), new Both(new Square(2), new Square(3))),
        new Secret<>(new Secret<>(List.of("x"))),
        new Local(Path.of("x")),
        new LinkedHashMap<>(Map.of("k", 1)).firstEntry(),
        StandardCharsets.UTF_8,
        HexFormat.ofDelimiter(":"),
        ByteBuffer.wrap(new byte[1 << 21]).position(1),
        TimeZone.getTimeZone("Asia/Tokyo"),
        new GregorianCalendar(2026, Calendar.MARCH, 1),
        InetSocketAddress.createUnresolved("localhost", 80),
        InetAddress.getLoopbackAddress());
  }

  @ParameterizedTest
  @MethodSource("values")
  void value_captured_asInput_andAsResult_isEqual(Object value) {
    assertThat(pool().submit(() -> value).result()).isEqualTo(value);
    assertThat(pool().map(each -> each, List.of(value, value)).toList()).containsExactly(value, value);
  }

  @Test
  void statistics_tellTheSame() {
    for (Object value : List.of(IntStream.of(3, 5).summaryStatistics(), LongStream.of(3, 5).summaryStatistics(),
        DoubleStream.of(0.1, 0.2).summaryStatistics())) {
      assertThat(pool().submit(() -> value).result()).hasSameClassAs(value).hasToString(value.toString());
    }
  }

  @Test
  void patternAndPath_areUsable() {
    Pattern pattern = Pattern.compile("a+");
    Path path = Path.of("folder", "file.txt");
    assertThat(pool().submit(() -> pattern.matcher("aaa").matches()).result()).isTrue();
    assertThat(pool().submit(() -> path.getFileName().toString()).result()).isEqualTo("file.txt");
    assertThat(pool().submit(() -> Pattern.compile("b")).result().pattern()).isEqualTo("b");
  }

  @Test
  void record_ofATask_isMadeByItsConstructor() {
    assertThat(pool().map(each -> each.side() * 2, List.of(new Square(3), new Square(4))).toList()).containsExactly(6, 8);
  }

  @Test
  void assertionError_ofATestFramework_keepsItsType() {
    Throwable failure = pool().submit(() -> {
      throw new AssertionFailedError("they differ", 1, "two");
    }).exception();
    assertThat(failure).isInstanceOfSatisfying(AssertionFailedError.class, it -> {
      assertThat(it.getExpected().getStringRepresentation()).isEqualTo("1");
      assertThat(it.getActual().getStringRepresentation()).isEqualTo("two");
    });
  }

  @Test
  void exceptions_thatCauseEachOther_keepTheirTypes() {
    Throwable failure = pool().submit(() -> {
      IllegalStateException first = new IllegalStateException("first");
      first.initCause(new IllegalArgumentException("second", first));
      throw first;
    }).exception();
    assertThat(failure).isInstanceOf(IllegalStateException.class).cause().isInstanceOf(IllegalArgumentException.class);
    assertThat(failure).cause().cause().isSameAs(failure);
  }

  /** A mutable object: on threads it is shared, in another process a copy. */
  static final class Box implements Serializable {
    int content;
  }

  @Test
  void mutableObject_returned_hasTheTasksChanges() {
    Box box = new Box();
    Box back = pool().submit(() -> {
      box.content = 5;
      return box;
    }).result();
    assertThat(back.content).isEqualTo(5);
    assertThat(TimeUnit.SECONDS).isSameAs(pool().submit(() -> TimeUnit.SECONDS).result());
  }
}
