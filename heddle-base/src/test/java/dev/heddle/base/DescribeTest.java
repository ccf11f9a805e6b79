package dev.heddle.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DescribeTest {

  @Test
  void duration_hasUnits() {
    assertThat(Describe.duration(Duration.ZERO)).isEqualTo("0 ms");
    assertThat(Describe.duration(Duration.ofMillis(250))).isEqualTo("250 ms");
    assertThat(Describe.duration(Duration.ofNanos(1_500))).isEqualTo("0.0015 ms");
    assertThat(Describe.duration(Duration.ofSeconds(2))).isEqualTo("2 s");
    assertThat(Describe.duration(Duration.ofMillis(2_500))).isEqualTo("2.5 s");
    assertThat(Describe.duration(Duration.ofMinutes(2))).isEqualTo("2 min");
    assertThat(Describe.duration(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
    assertThat(Describe.duration(Duration.ofSeconds(-3))).isEqualTo("-3 s");
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
