package dev.heddle.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.flags.Countries;
import dev.heddle.flags.ServerProfile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The outcomes of the rows about the downloader, from a server that replies at once. */
@Timeout(60)
final class FlagRecipesTest {
  private static final ServerProfile LOCAL = ServerProfile.of(ServerProfile.Label.LOCAL);

  @Test
  void e49_oneByOne_downloadsTwentyInOrder() throws Exception {
    Output out = Output.of(new E49FlagsOneByOne(LOCAL));

    assertThat(codes(out)).containsExactlyElementsOf(Countries.POP20.stream().sorted().toList());
    assertThat(out.lines().getLast()).matches("20 flags downloaded in \\d+\\.\\d\\ds");
  }

  @Test
  void e50_byMap_downloadsTheSameTwenty() throws Exception {
    Output out = Output.of(new E50FlagsByMap(LOCAL));

    assertThat(codes(out)).containsExactlyInAnyOrderElementsOf(Countries.POP20);
    assertThat(out.lines().getLast()).matches("20 flags downloaded in \\d+\\.\\d\\ds");
  }

  @Test
  void e52_asCompleted_showsFiveScheduledAndFiveFinished() throws Exception {
    // Slow enough that the first three are still under way when the last is scheduled; nothing else hangs on it.
    Output out = Output.of(new E52FlagsAsCompleted(LOCAL.withDelay(Duration.ofSeconds(1), Duration.ofSeconds(1))));

    assertThat(out.text().lines().filter(line -> line.contains("Scheduled for ")))
        .hasSize(5)
        .last().asString().containsPattern("Scheduled for DE: <Future [^>]* state=pending>");
    assertThat(out.text())
        .containsPattern("<Future [^>]* state=finished returned String> result: 'BD'")
        .containsPattern("<Future [^>]* state=finished returned String> result: 'DE'")
        .containsPattern("5 flags downloaded in");
  }

  @Test
  void e53_errors_areRetriedOrReportedAndTheCountsAddUp() throws Exception {
    ServerProfile failing = new ServerProfile(ServerProfile.Label.ERROR, Duration.ZERO, Duration.ZERO, 0.5,
        ServerProfile.DEFAULT_SEED);

    List<String> lines = Output.of(new E53PracticalDownloader(failing)).lines();

    assertThat(lines.subList(0, lines.indexOf(""))).hasSize(21);
    assertThat(lines).contains("ZZ not found");
    assertThat(lines).anyMatch(line -> line.matches("[A-Z]{2} \\d+ bytes at attempt \\d"));
    assertThat(lines).anyMatch(line -> line.matches("[A-Z]{2} failed.*: the server answered 418 .*"));
    String[] counts = lines.getLast().split(" +");
    int downloaded = Integer.parseInt(counts[2]);
    int notFound = Integer.parseInt(counts[4]);
    int errors = Integer.parseInt(counts[5]);
    assertThat(downloaded + notFound + errors).isEqualTo(21);
    assertThat(notFound).isPositive();
  }

  private static List<String> codes(Output out) {
    return List.of(out.lines().getFirst().strip().split(" "));
  }
}
