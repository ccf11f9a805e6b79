package dev.heddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Future;
import dev.heddle.futures.TaskOptions;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The programs of docs/cluster.md are those that run here. */
@Timeout(180)
class ClusterGuideTest {

  private record Dictionary(Set<String> words) implements Serializable {
    long count(String text) {
      return Arrays.stream(text.split(" ")).filter(words::contains).count();
    }
  }

  private record Matrix(List<Double> values, int size) implements Serializable {
    static Matrix random(int size) {
      return new Matrix(List.of(0.0, 1.0), size - 1);
    }

    double trace() {
      return values.stream().mapToDouble(each -> each).sum() + size;
    }
  }

  private static ClusterExecutor labelled() {
    ClusterOptions cluster = ClusterOptions.of(ClusterSecret.random());
    return ClusterPool.embedded(2, NodeOptions.of(cluster).withSlots(4).withLabels("gpu"), DriverOptions.of(cluster));
  }

  @Test
  void embedded_ofTheGuide_computes() throws IOException {
    // begin
    try (ClusterExecutor pool = ClusterPool.embedded(3)) { // three members in this program, to try it
      List<Integer> squares = pool.map(n -> n * n, List.of(1, 2, 3)).toList();
      // end
      assertThat(squares).containsExactly(1, 4, 9);
    }
    assertThatTheGuideShows(0);
  }

  private static void connect(List<Double> numbers) throws IOException {
    // begin
    ClusterSecret secret = ClusterSecret.ofFile(Path.of("secret"));
    ClusterOptions options = ClusterOptions.of(secret).withHost("10.0.0.9").withMembers("10.0.0.7:5701", "10.0.0.8:5701");
    try (ClusterExecutor pool = ClusterPool.connect(DriverOptions.of(options))) {
      pool.map(Math::sqrt, numbers).forEach(System.out::println);
    }
    // end
  }

  @Test
  void driver_ofTheGuide_wantsItsSecret() throws IOException {
    assertThatThrownBy(() -> connect(List.of(4.0))).isInstanceOf(NoSuchFileException.class);
    assertThatTheGuideShows(1);
  }

  @Test
  void placements_ofTheGuide_findTheirMembers() throws IOException {
    try (ClusterExecutor pool = labelled()) {
      // begin
      ClusterExecutor gpus = pool.on(Placement.anywhere().withLabels("gpu"));
      ClusterExecutor wide = pool.on(Placement.anywhere().withSlots(4).withAtMost(2)); // four slots each, two at once
      Future<String> urgent = pool.submit(TaskOptions.defaults().withPriority(1), () -> "before those that wait");
      // end
      assertThat(urgent.result()).startsWith("before");
      assertThat(gpus.submit(() -> 1).result()).isEqualTo(1);
      assertThat(wide.submit(() -> 2).result()).isEqualTo(2);
    }
    assertThatTheGuideShows(2);
  }

  @Test
  void values_ofTheGuide_stayWhereTheyAre() throws IOException {
    Dictionary dictionary = new Dictionary(Set.of("a", "b"));
    List<String> texts = List.of("a b c", "c", "b b");
    List<Long> counts;
    double trace;
    try (ClusterExecutor pool = labelled()) {
      // begin
      try (Broadcast<Dictionary> words = pool.broadcast(dictionary)) { // each node fetches it once, when a task first asks
        counts = pool.map(text -> words.value().count(text), texts).toList();
      }
      Remote<Matrix> big = pool.keep(() -> Matrix.random(5_000)).result(); // stays at its node
      trace = pool.on(Placement.anywhere().near(big)).submit(() -> big.value().trace()).result();
      pool.release(big);
      // end
    }
    assertThat(counts).containsExactly(2L, 0L, 2L);
    assertThat(trace).isEqualTo(5_000);
    assertThatTheGuideShows(3);
  }

  /** No program of the guide is left out here. */
  @Test
  void programs_ofTheGuide_areAllHere() throws IOException {
    assertThat(Pattern.compile("```java").matcher(guide()).results())
        .hasSize(source().split("    // begin\n", -1).length - 1);
  }

  private static String guide() throws IOException {
    return Files.readString(Path.of("../docs/cluster.md"));
  }

  private static String source() throws IOException {
    return Files.readString(Path.of("src/test/java/dev/heddle/cluster/ClusterGuideTest.java"));
  }

  private static void assertThatTheGuideShows(int index) throws IOException {
    String program = source().split("    // begin\n", -1)[index + 1].split(" // end\n", -1)[0];
    assertThat(withoutLayout(guide())).contains(withoutLayout(program));
  }

  /** The guide lays its programs out for readers, the formatter for the source. */
  private static String withoutLayout(String text) {
    return text.replaceAll("\\s+", "");
  }
}
