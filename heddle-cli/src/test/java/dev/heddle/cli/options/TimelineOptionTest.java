package dev.heddle.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The timelines that commands write. */
@Timeout(120)
class TimelineOptionTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir
  private Path folder;

  private int heddle(String... arguments) {
    return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(arguments);
  }

  private String file(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void each_recordsRunsOfJobs_retriesAndFailures() throws IOException {
    int code = heddle("each", "-j", "1", "--retries", "2", "--timeline", path("t.json"), "test {} != 2", "1", "2");

    assertThat(code).isEqualTo(1);
    assertThat(file("t.json")).contains("\"name\":\"job slot 1\"")
        .containsPattern("\"name\":\"1 \\(1\\)\".*\"completed\"")
        .containsPattern("\"name\":\"2 \\(2\\)\".*\"retried\"")
        .containsPattern("\"name\":\"2 \\(2\\)\".*\"failed\"");
    assertThat(err.toString()).contains("The timeline is " + path("t.json") + ".");
  }

  @Test
  void flags_recordsEachStyleInItsOwnLanes() throws IOException {
    int code = heddle("flags", "-s", "LOCAL", "-o", path("flags"), "--timeline", path("t.json"), "BR", "US");

    assertThat(code).isZero();
    assertThat(file("t.json"))
        .contains("\"name\":\"async 1\"", "\"name\":\"sequential 1\"", "\"name\":\"threads 1\"", " worker 1 (pid ")
        .containsPattern("\"name\":\"BR\",\"cat\":\"sequential\".*completed")
        .containsPattern("\"name\":\"BR\",\"cat\":\"processes\".*completed");
    assertThat(file("t.json").lines().filter(line -> line.contains("\"X\""))).as("without the warm-up").hasSize(8);
    assertThat(out.toString()).contains("The timeline is " + path("t.json") + ".");
  }

  @Test
  void images_recordsItsWorkers_andThePageHasTheReport() throws IOException {
    int code = heddle("images", "-s", "LOCAL", "--timeline", path("t.html"), "BR");

    assertThat(code).isZero();
    assertThat(file("t.html")).contains("<title>heddle images</title>", "<pre id=\"notes\"",
        "pipeline &#39;images&#39; completed",
        "<td>2. download 1</td>");
  }

  @Test
  void cookbook_writesTheTimelineOfARecipe_andRefusesThoseThatHaveNone() throws IOException {
    assertThat(heddle("cookbook", "B35", "--timeline", path("t.svg"))).isZero();
    assertThat(file("t.svg")).startsWith("<svg").contains("three: ");
    assertThat(heddle("cookbook", "A01", "--timeline", path("t.svg"))).isEqualTo(2);
    assertThat(err.toString()).contains("--timeline needs one recipe that records one").contains("B35 or B37");
  }

  @Test
  void fileWithAnotherExtension_orThatCannotBeWritten_isRefusedBeforeTheRun() {
    assertThat(heddle("each", "--timeline", path("t.png"), "touch " + path("ran"), "1")).isEqualTo(255);
    assertThat(heddle("flags", "--timeline", path("none/t.svg"))).isEqualTo(2);
    assertThat(err.toString()).contains("--timeline must end with .html, .svg, .json or .txt")
        .contains("--timeline must be a file that can be written");
    assertThat(folder.resolve("ran")).doesNotExist();
  }
}
