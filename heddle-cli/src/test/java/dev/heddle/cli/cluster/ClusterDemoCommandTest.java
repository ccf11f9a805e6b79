package dev.heddle.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.base.Cells;
import dev.heddle.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code heddle cluster-demo}: three processes, one of which is killed, and all results. */
@Timeout(300)
final class ClusterDemoCommandTest {
  @TempDir
  private Path folder;

  @Test
  void demo_hasAllResults_thoughANodeIsKilled() throws Exception {
    StringWriter out = new StringWriter();
    Path picture = folder.resolve("demo.svg");

    int code = Main.commandLine(new PrintWriter(out, true), new PrintWriter(out, true))
        .execute("cluster-demo", "--timeline", picture.toString());

    assertThat(code).as("%s", out).isZero();
    assertThat(out.toString()).containsSubsequence(
        "node 1 at 127.0.0.1:", "node 3 at 127.0.0.1:", "sums: 30 of 30 tasks are done", "node 2 is killed",
        "primes: 60 of 60 tasks are done", "the sum of the numbers below 300000000 is 44999999850000000",
        "there are 216816 primes below 3000000", "pi is about 3.14", "seat");
    assertThat(out.toString().lines().filter(line -> line.contains("|"))).as("%s", out)
        .allMatch(line -> Cells.width(line) <= 80);
    assertThat(Files.readString(picture)).contains("<svg");
  }

  @Test
  void tasks_computeWhatTheyShould() {
    assertThat(DemoTasks.sum(1, 11)).isEqualTo(55);
    assertThat(DemoTasks.primes(0, 30)).isEqualTo(10);
    assertThat(DemoTasks.hits(1, 100_000)).isBetween(77_000L, 80_000L);
  }
}
