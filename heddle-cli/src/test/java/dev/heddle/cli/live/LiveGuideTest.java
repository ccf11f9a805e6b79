package dev.heddle.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.Children;
import dev.heddle.cli.Main;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.RunningProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The guide's program, and what is shown of it; but for times, and the PID. */
@Timeout(300)
final class LiveGuideTest {
  private static final Pattern CODE = Pattern.compile("```(java|text)\\n(.*?)```", Pattern.DOTALL);

  @TempDir
  Path temp;

  private static List<String> parts(String kind) throws Exception {
    return CODE.matcher(Files.readString(Path.of("..", "docs", "live.md"))).results()
        .filter(part -> part.group(1).equals(kind))
        .map((MatchResult part) -> part.group(2))
        .toList();
  }

  private static String heddle(String... args) {
    StringWriter out = new StringWriter();
    Main.commandLine(new PrintWriter(out, true), new PrintWriter(out, true)).execute(args);
    return out.toString();
  }

  /** Times are of three digits, columns as wide as they need to be, and of two jobs that start at once either is first. */
  private static String withoutTimes(String text) {
    return text.replaceAll("PID \\d+ .*", "PID").replaceAll("job-[12]\\b", "job-N")
        .replaceAll("[\\d.]+ (ns|µs|ms|s|min)( \\d+ s)?\\b(?! h)", "TIME")
        .replaceAll(" +", " ")
        .strip();
  }

  @Test
  void programOfTheGuide_isShownAsTheGuideSays() throws Exception {
    Path source = Files.writeString(temp.resolve("Stuck.java"), parts("java").getFirst());
    List<String> command = Children.java(source.toString());
    try (RunningProcess process = Command.of(command).start()) {
      String pid = Long.toString(process.pid());
      String shown = heddle("ps", pid, "--timeout", "100");
      while (!shown.contains("tasks: 2")) { // it is compiling, or not there yet; bounded by the timeout of the class
        shown = heddle("ps", pid, "--timeout", "100");
      }
      List<String> texts = parts("text");
      assertThat(withoutTimes(shown)).isEqualTo(withoutTimes(texts.get(1)));
      assertThat(withoutTimes(heddle("tree", pid, "--timeout", "100"))).isEqualTo(withoutTimes(texts.get(2)));
      assertThat(heddle("ps")).contains(texts.getFirst().lines().findFirst().orElseThrow())
          .containsPattern(pid + " .*Stuck.java");
    }
  }
}
