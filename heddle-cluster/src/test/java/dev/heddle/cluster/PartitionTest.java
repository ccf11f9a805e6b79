package dev.heddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A network that is cut in two and heals, in network namespaces where the machine allows them. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "there are no network namespaces")
@Timeout(300)
class PartitionTest {
  private static final Pattern LOST = Pattern.compile("lost: true, after (\\d+) ms");

  /** Two namespaces and a link: addresses 10.77.0.1, here, and 10.77.0.2 in the one called far. */
  private static final String NAMESPACES = """
      set -e
      mount -t tmpfs none /run
      ip netns add far
      ip link set lo up
      ip link add near type veth peer name there netns far
      ip addr add 10.77.0.1/24 dev near
      ip link set near up
      ip -n far link set lo up
      ip -n far addr add 10.77.0.2/24 dev there
      ip -n far link set there up
      exec "$@"
      """;

  private static String inNamespaces(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("unshare", "--map-root-user", "--net", "--mount", "--pid", "--fork",
        "--kill-child", "--mount-proc", "sh", "-c", NAMESPACES, "sh"));
    all.addAll(List.of(command));
    Process process;
    try {
      process = new ProcessBuilder(all).redirectErrorStream(true).start();
    } catch (IOException e) {
      return "no unshare: " + e.getMessage();
    }
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(10, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0 ? out : "it failed: " + out;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String driver(String where) throws IOException, InterruptedException {
    String possible = inNamespaces("echo", "possible");
    if (!possible.strip().equals("possible")) {
      System.out.println("PartitionTest is skipped: this machine allows no network namespaces: " + possible);
    }
    Assumptions.assumeTrue(possible.strip().equals("possible"), "no network namespaces: " + possible);
    return inNamespaces(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
        PartitionMain.class.getName(), where);
  }

  private static long lostAfter(String out) {
    Matcher matcher = LOST.matcher(out);
    assertThat(matcher.find()).as(out).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void driverWithANodeOnItsSide_goesOn_andHasTheOthersBackOnceItHeals() throws Exception {
    String out = driver("beside");
    assertThat(out).containsSubsequence("nodes on this side: 1", "done meanwhile: 100", "healed after",
        "done after all: 100", "done on both sides: 2");
    assertThat(lostAfter(out)).as(out).isBetween(1_000L, 20_000L);
  }

  @Test
  void driverThatIsCutOffAlone_goesOnOnceItHeals() throws Exception {
    String out = driver("alone");
    assertThat(out).containsSubsequence("nodes on this side: 0", "healed after", "done after all: 100",
        "done on both sides: 2");
    assertThat(lostAfter(out)).as(out).isBetween(1_000L, 20_000L);
  }
}
