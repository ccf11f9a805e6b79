package dev.heddle.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.flags.server.ResponsePlan;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerProfileTest {

  @Test
  void fate_sameSeedCodeAndTurn_same() {
    ServerProfile site = ServerProfile.of(ServerProfile.Label.ERROR);
    assertThat(ResponsePlan.of(site, "BR", 2))
        .isEqualTo(ResponsePlan.of(site.withSeed(ServerProfile.DEFAULT_SEED), "BR", 2));
  }

  @Test
  void fate_otherSeedCodeOrTurn_other() {
    ServerProfile site = ServerProfile.of(ServerProfile.Label.DELAY);
    assertThat(ResponsePlan.of(site, "BR", 1).delay())
        .isNotEqualTo(ResponsePlan.of(site, "BR", 2).delay())
        .isNotEqualTo(ResponsePlan.of(site, "US", 1).delay())
        .isNotEqualTo(ResponsePlan.of(site.withSeed(1), "BR", 1).delay());
  }

  @Test
  void fate_error_aQuarterFails() {
    ServerProfile site = ServerProfile.of(ServerProfile.Label.ERROR);
    long failures = Countries.everyPair().stream().filter(code -> ResponsePlan.of(site, code, 1).status() != 200).count();
    assertThat(failures / 676.0).isBetween(0.2, 0.3);
    assertThat(Countries.everyPair()).extracting(code -> ResponsePlan.of(site, code, 1).status()).contains(200, 418, 503);
  }

  @Test
  void fate_delay_withinBounds() {
    ServerProfile site = ServerProfile.of(ServerProfile.Label.DELAY).withDelay(Duration.ofMillis(7), Duration.ofMillis(9));
    assertThat(Countries.everyPair())
        .allSatisfy(code -> assertThat(ResponsePlan.of(site, code, 1).delay()).isBetween(Duration.ofMillis(7),
            Duration.ofMillis(9)));
  }

  @Test
  void fate_local_atOnce() {
    assertThat(ResponsePlan.of(ServerProfile.of(ServerProfile.Label.LOCAL), "BR", 1))
        .isEqualTo(new ResponsePlan(Duration.ZERO, 200));
  }

  @Test
  void describe_inWords() {
    assertThat(ServerProfile.of(ServerProfile.Label.LOCAL).describe()).isEqualTo("replies at once");
    assertThat(ServerProfile.of(ServerProfile.Label.DELAY).describe()).isEqualTo("replies after 50 to 150 ms");
    assertThat(ServerProfile.of(ServerProfile.Label.ERROR).withDelay(Duration.ofMillis(7), Duration.ofMillis(7)).describe())
        .isEqualTo("replies after 7 ms, fails 25% of the requests");
  }

  @Test
  void site_badValues_sayWhy() {
    ServerProfile site = ServerProfile.of(ServerProfile.Label.DELAY);
    assertThatThrownBy(() -> site.withDelay(Duration.ofMillis(9), Duration.ofMillis(7)))
        .hasMessageContaining("maxDelay must be at least minDelay, 9 ms, but was 7 ms");
    assertThatThrownBy(() -> site.withDelay(Duration.ofMillis(-1), Duration.ofMillis(7))).hasMessageContaining("-1 ms");
    assertThatThrownBy(() -> new ServerProfile(ServerProfile.Label.ERROR, Duration.ZERO, Duration.ZERO, 1.5, 1))
        .hasMessageContaining("1.5");
  }

  @Test
  void parse_unknownLabel_saysWhatThereIs() {
    assertThat(ServerProfile.Label.parse("delay")).isEqualTo(ServerProfile.Label.DELAY);
    assertThatThrownBy(() -> ServerProfile.Label.parse("REMOTE"))
        .hasMessageContaining("'REMOTE'")
        .hasMessageContaining("LOCAL", "DELAY", "ERROR");
  }

  @Test
  void parse_unknownStyle_saysWhatThereIs() {
    assertThat(Style.parse("ALL")).containsExactly(Style.values());
    assertThat(Style.parse("Threads")).containsExactly(Style.THREADS);
    assertThatThrownBy(() -> Style.parse("fast"))
        .hasMessageContaining("'fast'")
        .hasMessageContaining("sequential, threads, processes, async or all");
  }
}
