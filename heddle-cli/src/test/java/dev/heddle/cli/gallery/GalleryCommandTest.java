package dev.heddle.cli.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class GalleryCommandTest {

  @Test
  void gallery_makesPicturesOfModestSize_withEachMark(@TempDir Path folder) throws Exception {
    StringWriter err = new StringWriter();

    assertThat(Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(err, true))
        .execute("gallery", folder.resolve("pictures").toString())).as(err.toString()).isZero();

    for (String name : List.of("one-lock.svg", "pool.svg", "life.svg", "pipeline.svg")) {
      assertThat(Files.size(folder.resolve("pictures").resolve(name))).as(name).isBetween(1_000L, 150_000L);
    }
    assertThat(folder.resolve("pictures/pool.svg")).content()
        .contains("✕ failed", "/ cancelled", "▲ crashed", "▶ still running");
    assertThat(folder.resolve("pictures/one-lock.svg")).content().contains("one lock: thread 1", "no lock: thread 2");
  }

  @Test
  void gallery_isNotAmongTheCommands() {
    StringWriter err = new StringWriter();

    Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(err, true)).execute();

    assertThat(err.toString()).contains("bench").doesNotContain("gallery");
  }
}
