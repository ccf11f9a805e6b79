package dev.heddle.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is drawn over when the terminal has another width than before. */
final class ResizeTest {
  private final List<Terminal.Size> sizes = new ArrayList<>(List.of(new Terminal.Size(24, 20)));
  private final StringWriter screen = new StringWriter();

  private String drawn() {
    String drawn = screen.toString();
    screen.getBuffer().setLength(0);
    return drawn;
  }

  @Test
  void bar_inANarrowerTerminal_isErasedWithTheRowsItTakes() {
    BarLine bar = new BarLine(sizes::getLast);
    assertThat(bar.over(" 0123456789012345678901234 ")).isEqualTo("\r\u001b[K012345678901234567…");
    sizes.add(new Terminal.Size(24, 8));
    assertThat(bar.over("abc")).isEqualTo("\r\u001b[2A\u001b[Jabc");
    assertThat(bar.erased() + bar.again()).isEqualTo("\r\u001b[Kabc");
  }

  @Test
  void bar_ofWideLetters_isCutByTheCell() {
    assertThat(new BarLine(sizes::getLast).over("日本日本日本日本日本日本")).isEqualTo("\r\u001b[K日本日本日本日本日…");
  }

  @Test
  void lines_inANarrowerTerminal_areDrawnOverWithTheRowsTheyTake() {
    LiveLines lines = new LiveLines(new PrintWriter(screen), sizes::getLast);
    lines.draw(List.of("0123456789012345", "b"));
    assertThat(drawn()).isEqualTo("0123456789012345\u001b[K\nb\u001b[K\n\u001b[J");
    lines.draw(List.of("a", "b"));
    assertThat(drawn()).isEqualTo("\r\u001b[2Aa\u001b[K\nb\u001b[K\n\u001b[J");
    lines.draw(List.of("0123456789012345", "b"));
    drawn();
    sizes.add(new Terminal.Size(24, 10));
    lines.erase();
    assertThat(drawn()).isEqualTo("\r\u001b[3A\u001b[J");
    lines.erase();
    assertThat(drawn()).isEmpty();
  }

  @Test
  void lines_moreThanTheTerminalHas_areNotShown() {
    sizes.add(new Terminal.Size(2, 20));
    new LiveLines(new PrintWriter(screen), sizes::getLast).draw(List.of("a", "b"));
    assertThat(drawn()).isEmpty();
  }

  @Test
  void wrap_countsColumnsNotCharacters() {
    assertThat(Terminal.wrap("日本 日本 ab", 9)).containsExactly("日本 日本", "ab");
  }
}
