package dev.heddle.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckTest {
  @Test
  void messages_nameTheArgumentTheValueTheRuleAndTheRemedy() {
    assertThatIllegalArgumentException().isThrownBy(() -> Check.positive(0, "workers", "use 1"))
        .withMessage("workers must be at least 1, but was 0; use 1");
    assertThatIllegalArgumentException().isThrownBy(() -> Check.notNegative(-3L, "skip", "use 0"))
        .withMessage("skip must not be negative, but was -3; use 0");
    assertThatIllegalArgumentException().isThrownBy(() -> Check.positive(Duration.ZERO, "period", "use a second"))
        .withMessage("period must be longer than zero, but was 0 s; use a second");
    assertThatIllegalArgumentException().isThrownBy(() -> Check.timeout(Duration.ofMillis(-1)))
        .withMessage("timeout must not be negative, but was -1 ms; Duration.ZERO looks without waiting");
    assertThatIllegalArgumentException().isThrownBy(() -> Check.notBlank(" ", "name", "leave it out"))
        .withMessage("name must not be blank, but was ' '; leave it out");
    assertThatIllegalArgumentException().isThrownBy(() -> Check.noNul("a\0b", "argument"))
        .withMessageContaining("but was 'a\\0b'");
    assertThatNullPointerException().isThrownBy(() -> Check.notNull(null, "task")).withMessage("task must not be null");
  }

  @Test
  void bounds_areAccepted() {
    assertThat(Check.positive(1, "a", "")).isEqualTo(1);
    assertThat(Check.notNegative(0, "a", "")).isZero();
    assertThat(Check.positive(Long.MAX_VALUE, "a", "")).isEqualTo(Long.MAX_VALUE);
    assertThat(Check.notNegative(Duration.ZERO, "a", "")).isZero();
    assertThat(Check.positive(Duration.ofNanos(1), "a", "")).isEqualTo(Duration.ofNanos(1));
  }

  @Test
  void nanos_ofTheLongestDuration_canBeAddedToTheTime() {
    assertThat(Check.nanos(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE / 2);
    assertThat(Check.nanos(Duration.ofSeconds(2))).isEqualTo(2_000_000_000L);
  }

  @Test
  void copy_isUnmodifiableAndNamesTheNullElement() {
    List<String> names = new ArrayList<>(List.of("a"));
    assertThat(Check.copy(names, "names")).isUnmodifiable().containsExactly("a");
    assertThatNullPointerException().isThrownBy(() -> Check.copy(Arrays.asList("a", null), "names"))
        .withMessage("names[1] must not be null");
    Map<String, String> map = new HashMap<>();
    map.put("HOME", null);
    assertThatNullPointerException().isThrownBy(() -> Check.copy(map, "environment"))
        .withMessage("environment[HOME] must not be null");
  }
}
