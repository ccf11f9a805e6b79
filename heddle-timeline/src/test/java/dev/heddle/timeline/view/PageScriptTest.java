package dev.heddle.timeline.view;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page's script, where Node.js can run it. */
@Timeout(60)
class PageScriptTest {
  private static final long SECOND = 1_000_000_000;

  private static List<String> run(Path folder, String script) throws Exception {
    try (InputStream data = requireNonNull(HtmlView.class.getResourceAsStream("data.js"))) {
      Files.write(folder.resolve("data.js"), data.readAllBytes());
    }
    Process node;
    try {
      node = new ProcessBuilder("node", "-e", script).directory(folder.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "there is no Node.js: " + e);
      throw e;
    }
    try (var lines = node.inputReader()) {
      List<String> all = lines.readAllLines();
      assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return all;
    } finally {
      node.destroyForcibly();
    }
  }

  @Test
  void times_areTheSameTextAsInOtherForms(@TempDir Path folder) throws Exception {
    List<Long> times = List.of(0L, 1L, 999L, 1_500L, 999_600L, 12_345_678L, 2 * SECOND, 59_940_000_000L, 59_949_000_000L,
        59_970_000_000L,
        59_999_999_999L, 60 * SECOND, 90 * SECOND, 119_600_000_000L, 3_599_400_000_000L, 3_600 * SECOND, 93_600 * SECOND,
        40 * 86_400 * SECOND);
    List<String> texts = run(folder,
        "const {text} = require('./data.js'); for (const each of " + times + ") console.log(text(each));");

    assertThat(texts).containsExactlyElementsOf(times.stream().map(Scale::text).toList());
    assertThat(texts).element(9).isEqualTo("1 min");
  }
}
