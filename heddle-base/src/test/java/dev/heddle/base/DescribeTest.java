package dev.heddle.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DescribeTest {

  @Test
  void duration_hasUnits() {
    assertThat(Describe.duration(Duration.ZERO)).isEqualTo("0 s");
    assertThat(Describe.duration(Duration.ofNanos(7))).isEqualTo("7 ns");
    assertThat(Describe.duration(Duration.ofNanos(1_500))).isEqualTo("1.5 µs");
    assertThat(Describe.duration(Duration.ofMillis(2))).isEqualTo("2 ms");
    assertThat(Describe.duration(Duration.ofMillis(250))).isEqualTo("250 ms");
    assertThat(Describe.duration(Duration.ofNanos(999_999_999))).isEqualTo("999.999999 ms");
    assertThat(Describe.duration(Duration.ofSeconds(2))).isEqualTo("2 s");
    assertThat(Describe.duration(Duration.ofMillis(2_500))).isEqualTo("2.5 s");
    assertThat(Describe.duration(Duration.ofSeconds(50))).isEqualTo("50 s");
    assertThat(Describe.duration(Duration.ofMinutes(2))).isEqualTo("2 min");
    assertThat(Describe.duration(Duration.ofMillis(125_050))).isEqualTo("2 min 5.05 s");
    assertThat(Describe.duration(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
    assertThat(Describe.duration(Duration.ofHours(1))).isEqualTo("1 h");
    assertThat(Describe.duration(Duration.ofSeconds(3_601))).isEqualTo("1 h 1 s");
    assertThat(Describe.duration(Duration.ofDays(1).plusMinutes(5))).isEqualTo("24 h 5 min");
    assertThat(Describe.duration(Duration.ofSeconds(-3))).isEqualTo("-3 s");
    assertThat(Describe.duration(Duration.ofMillis(-1))).isEqualTo("-1 ms");
    assertThat(Describe.duration(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))).startsWith("2562047788015215 h");
    assertThat(Describe.duration(Duration.ofSeconds(Long.MIN_VALUE))).startsWith("-2562047788015215 h");
  }

  @Test
  void measured_hasThreeDigitsInTheSameForm() {
    assertThat(Describe.measured(0)).isEqualTo("0 s");
    assertThat(Describe.measured(999)).isEqualTo("999 ns");
    assertThat(Describe.measured(1_234)).isEqualTo("1.23 µs");
    assertThat(Describe.measured(40_000)).isEqualTo("40 µs");
    assertThat(Describe.measured(999_950)).as("rounded before the unit is chosen").isEqualTo("1 ms");
    assertThat(Describe.measured(Duration.ofNanos(1_250_000))).isEqualTo("1.25 ms");
    assertThat(Describe.measured(150_400_000)).isEqualTo("150 ms");
    assertThat(Describe.measured(2_000_000_000L)).isEqualTo("2 s");
    assertThat(Describe.measured(12_345_678_901L)).isEqualTo("12.3 s");
    assertThat(Describe.measured(59_990_000_000L)).isEqualTo("1 min");
    assertThat(Describe.measured(125_400_000_000L)).isEqualTo("2 min 5 s");
    assertThat(Describe.measured(Duration.ofHours(26))).isEqualTo("26 h");
    assertThat(Describe.measured(Duration.ofHours(74).plusMinutes(29))).isEqualTo("3 d 2 h");
    assertThat(Describe.measured(Long.MAX_VALUE)).isEqualTo("106751 d 23 h");
  }

  @Test
  void value_isShortAndQuotedIfText() {
    assertThat(Describe.value(null)).isEqualTo("null");
    assertThat(Describe.value(7)).isEqualTo("7");
    assertThat(Describe.value("")).isEqualTo("''");
    assertThat(Describe.value("x".repeat(200))).hasSize(80).endsWith("...");
  }

  @Test
  @SuppressWarnings("OverrideThrowableToString") // it is the method that throws
  void failure_whoseToStringThrows_isItsClass() {
    RuntimeException silent = new IllegalStateException("no text") {
      @Override
      public String toString() {
        throw new UnsupportedOperationException();
      }
    };
    assertThat(Describe.failure(silent)).isEqualTo(silent.getClass().getName());
    assertThat(Describe.failure(new IllegalStateException("closed"))).isEqualTo("java.lang.IllegalStateException: closed");
  }
}
