package dev.heddle.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SiteTest {

  @Test
  void fate_sameSeedCodeAndTurn_same() {
    Site site = Site.of(Site.Label.ERROR);
    assertThat(site.fate("BR", 2)).isEqualTo(site.withSeed(Site.DEFAULT_SEED).fate("BR", 2));
  }

  @Test
  void fate_otherSeedCodeOrTurn_other() {
    Site site = Site.of(Site.Label.DELAY);
    assertThat(site.fate("BR", 1).delay())
        .isNotEqualTo(site.fate("BR", 2).delay())
        .isNotEqualTo(site.fate("US", 1).delay())
        .isNotEqualTo(site.withSeed(1).fate("BR", 1).delay());
  }

  @Test
  void fate_error_aQuarterFails() {
    Site site = Site.of(Site.Label.ERROR);
    long failures = Countries.everyPair().stream().filter(code -> site.fate(code, 1).status() != 200).count();
    assertThat(failures / 676.0).isBetween(0.2, 0.3);
    assertThat(Countries.everyPair()).extracting(code -> site.fate(code, 1).status()).contains(200, 418, 503);
  }

  @Test
  void fate_delay_withinBounds() {
    Site site = Site.of(Site.Label.DELAY).withDelay(Duration.ofMillis(7), Duration.ofMillis(9));
    assertThat(Countries.everyPair())
        .allSatisfy(code -> assertThat(site.fate(code, 1).delay()).isBetween(Duration.ofMillis(7), Duration.ofMillis(9)));
  }

  @Test
  void fate_local_atOnce() {
    assertThat(Site.of(Site.Label.LOCAL).fate("BR", 1)).isEqualTo(new Site.Fate(Duration.ZERO, 200));
  }

  @Test
  void describe_inWords() {
    assertThat(Site.of(Site.Label.LOCAL).describe()).isEqualTo("replies at once");
    assertThat(Site.of(Site.Label.DELAY).describe()).isEqualTo("replies after 50 to 150 ms");
    assertThat(Site.of(Site.Label.ERROR).withDelay(Duration.ofMillis(7), Duration.ofMillis(7)).describe())
        .isEqualTo("replies after 7 ms, fails 25% of the time");
  }

  @Test
  void site_badValues_sayWhy() {
    Site site = Site.of(Site.Label.DELAY);
    assertThatThrownBy(() -> site.withDelay(Duration.ofMillis(9), Duration.ofMillis(7)))
        .hasMessageContaining("9 ms and 7 ms");
    assertThatThrownBy(() -> site.withDelay(Duration.ofMillis(-1), Duration.ofMillis(7))).hasMessageContaining("-1 ms");
    assertThatThrownBy(() -> new Site(Site.Label.ERROR, Duration.ZERO, Duration.ZERO, 1.5, 1)).hasMessageContaining("1.5");
  }

  @Test
  void parse_unknownLabel_saysWhatThereIs() {
    assertThat(Site.Label.parse("delay")).isEqualTo(Site.Label.DELAY);
    assertThatThrownBy(() -> Site.Label.parse("REMOTE"))
        .hasMessageContaining("'REMOTE'")
        .hasMessageContaining("LOCAL", "DELAY", "ERROR");
  }

  @Test
  void parse_unknownStyle_saysWhatThereIs() {
    assertThat(Style.parse("ALL")).containsExactly(Style.values());
    assertThat(Style.parse("Threads")).containsExactly(Style.THREADS);
    assertThatThrownBy(() -> Style.parse("processes"))
        .hasMessageContaining("'processes'")
        .hasMessageContaining("sequential, threads, async or all");
  }
}
