package dev.heddle.cli.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.terminal.Terminal;
import dev.heddle.flags.FlagOutcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The codes above the bar, in a terminal whose width changes. */
@Timeout(60)
final class CodeLineTest {
  private final List<Terminal.Size> sizes = new ArrayList<>(List.of(new Terminal.Size(24, 80)));
  private final StringWriter screen = new StringWriter();
  private final CodeLine line = new CodeLine(
      new PrintWriter(screen), new PrintWriter(screen), true, true, true, sizes::getLast);

  private String printed(String code) {
    screen.getBuffer().setLength(0);
    line.arrived(new FlagOutcome.NotFound(code, 1));
    return screen.toString();
  }

  @Test
  void codes_afterAResize_goOnInANewLine() {
    line.begin(9, "threads", "");
    printed("AA");
    assertThat(printed("BB")).contains("\u001b[A\u001b[3C BB?");
    sizes.add(new Terminal.Size(24, 40));
    assertThat(printed("CC")).contains("CC?\n").doesNotContain("\u001b[3C", " CC?");
    assertThat(printed("DD")).contains("\u001b[A\u001b[3C DD?");
    line.end();
  }

  @Test
  void bar_untilTheFirstHasArrived_saysWhatIsDone() {
    line.begin(9, "processes", "starting workers");
    line.end();
    assertThat(screen.toString()).contains("starting workers");
    screen.getBuffer().setLength(0);
    line.begin(9, "processes", "starting workers");
    printed("AA");
    line.end();
    String drawn = screen.toString(); // also by the bar's own thread, at any time
    assertThat(drawn.substring(drawn.lastIndexOf("processes"))).doesNotContain("starting").contains("1/9");
  }
}
