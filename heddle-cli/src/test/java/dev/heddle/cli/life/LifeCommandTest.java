package dev.heddle.cli.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.Main;
import dev.heddle.cli.terminal.Terminal;
import dev.heddle.life.Grid;
import dev.heddle.life.Patterns;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class LifeCommandTest {
  private static final String ENTER = "\u001b[?25l\u001b[?1049h\u001b[2J"; // without a cursor
  private static final String LEAVE = "\u001b[?1049l\u001b[?25h";
  private static final String BEGIN = "\u001b[?2026h\u001b[H";
  private static final String END = "\u001b[K\u001b[J\u001b[?2026l";
  private static final String NEXT = "\u001b[K\r\n";

  @TempDir
  private Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void withoutTerminal() {
    System.clearProperty("heddle.terminal");
  }

  private int life(String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "life";
    System.arraycopy(options, 0, args, 1, options.length);
    return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(args);
  }

  @Test
  void life_intoAPipe_printsTheGenerations() {
    assertThat(life("--pattern", "blinker", "--size", "5x5", "--generations", "2")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "generation 0, 3 alive", "-----", "-----", "-***-", "-----", "-----", "",
            "generation 1, 3 alive", "-----", "--*--", "--*--", "--*--", "-----", "",
            "generation 2, 3 alive", "-----", "-----", "-***-", "-----", "-----", "");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void life_withoutOptions_isAGunIn40x20For50Generations() {
    assertThat(life()).isZero();
    assertThat(out.toString()).startsWith("generation 0, 36 alive\n").contains("\ngeneration 30, 41 alive\n");
    assertThat(out.toString().lines().filter(line -> line.startsWith("generation"))).hasSize(51);
    assertThat(out.toString().lines().filter(line -> line.matches("[-*]{40}"))).hasSize(51 * 20);
  }

  @Test
  void life_patternLargerThanTheUsualWorld_getsALargerOne() throws IOException {
    Path wide = Files.writeString(dir.resolve("wide.rle"), "x = 90, y = 1\n90o!");
    assertThat(life("-p", wide.toString(), "-g", "0")).isZero();
    assertThat(out.toString().lines().filter(line -> line.matches("[-*]{90}"))).hasSize(20);
  }

  @Test
  void life_zeroGenerations_showsThePatternOnly() {
    assertThat(life("-p", "glider", "-s", "3x3", "-g", "0")).isZero();
    assertThat(out.toString().lines()).containsExactly("generation 0, 5 alive", "-*-", "--*", "***", "");
  }

  @Test
  void life_file_isRead() throws IOException {
    Path file = Files.writeString(dir.resolve("twin.rle"), "#N Twin\r\nx = 2, y = 2, rule = B3/S23\r\n2o$2o!\r\n");
    assertThat(life("-p", file.toString(), "-s", "4x4", "-g", "1")).isZero();
    assertThat(out.toString()).contains("generation 1, 4 alive\n----\n-**-\n-**-\n----\n");
  }

  @Test
  void life_malformedFile_saysWhereAndWhy() throws IOException {
    Path file = Files.writeString(dir.resolve("bad.rle"), "x = 3, y = 3\nbo$\n2zo!\n");
    assertThat(life("-p", file.toString())).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("heddle life: " + file + ", line 3, column 2: 'b', 'o' or '$' must follow directly after the count")
        .contains("but here is 'z'", "'heddle life --help'");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void life_directoryAsFile_isWrongUsage() {
    assertThat(life("-p", dir + "/.")).isEqualTo(2);
    assertThat(err.toString()).contains("cannot read the file " + dir);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "--pattern gilder|--pattern: there is no pattern 'gilder'; there are block, blinker,",
      "--pattern gilder|for a file, give a path with a dot or a slash, such as ./gilder",
      "--pattern missing.rle|--pattern: there is no file missing.rle",
      "--size 5|--size must be a width and a height, such as 80x40, but was '5'",
      "--size 0x5 -p block|--size: a grid of 0x5 is too small for block; it needs 2x2",
      "--size 35x9|--size: a grid of 35x9 is too small for gosper-gun; it needs 36x9",
      "--size 9999x9|--size: width must be from 1 to 2048, but was 9999",
      "--generations -1|--generations must not be negative, but was -1; 0 shows only the pattern",
      "--generations ten|Invalid value for option '--generations'",
      "--fps 0|--fps must be from 1 to 1000, but was 0",
      "--fps 1001|--fps must be from 1 to 1000, but was 1001",
      "--patern glider|Possible solutions: --pattern",
      "glider|unexpected argument 'glider'; remove it",
  })
  void life_wrongUsage_isToldTheRule(String args, String message) {
    assertThat(life(args.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(message).contains("'heddle life --help' shows the usage");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void help_always_namesThePatterns() {
    assertThat(life("--help")).isZero();
    assertThat(out.toString()).contains("--pattern=NAME|FILE.rle", "glider", "gosper-gun").doesNotContain("\u001b");
  }

  @Test
  void life_inATerminal_drawsEachGenerationOverTheLast() {
    System.setProperty("heddle.terminal", "out");
    assertThat(life("-p", "blinker", "-s", "5x3", "-g", "1", "--fps", "1000")).isZero();
    assertThat(out.toString()).isEqualTo(
        ENTER + BEGIN + " ▄▄▄ " + NEXT + "     " + NEXT + "blinker (5x3), generation 0, 3 alive; Ctrl-C ends" + END
            + BEGIN + "  █  " + NEXT + "  ▀  " + NEXT + "blinker (5x3), generation 1, 3 alive; Ctrl-C ends" + END + LEAVE);
  }

  @Test
  void life_noAnimation_printsAlsoInATerminal() {
    System.setProperty("heddle.terminal", "out,err");
    assertThat(life("-p", "blinker", "-s", "5x3", "-g", "1", "--no-animation")).isZero();
    assertThat(out.toString()).contains("-***-").doesNotContain("\u001b");
  }

  @Test
  void picture_ofALargerGrid_isCutToTheTerminal() {
    Grid grid = Patterns.named("glider").inTheMiddleOf(100, 200);
    try (var picture = new AnimatedScreen(new PrintWriter(out), () -> new Terminal.Size(4, 30), "glider")) {
      assertThat(picture.show(7, grid)).isTrue();
    }
    String line = " ".repeat(30) + NEXT;
    assertThat(out).hasToString(ENTER + BEGIN + line + line + line + "glider (200x100, in part), ge…" + END + LEAVE);
  }

  @Test
  void picture_afterTheTerminalWasResized_hasItsSize() {
    Grid grid = Patterns.named("glider").inTheMiddleOf(4, 4);
    List<Terminal.Size> sizes = new ArrayList<>(List.of(new Terminal.Size(3, 4)));
    try (var picture = new AnimatedScreen(new PrintWriter(out), sizes::getLast, "glider")) {
      assertThat(picture.show(0, grid)).isTrue();
      sizes.add(new Terminal.Size(2, 2));
      assertThat(picture.show(1, grid)).isTrue();
    }
    assertThat(out.toString().lines()).hasSize(4);
    assertThat(out.toString()).contains(BEGIN + " ▀" + NEXT + "g…" + END);
  }

  @Test
  void picture_neverShown_leavesTheTerminalAlone() {
    new AnimatedScreen(new PrintWriter(out), () -> new Terminal.Size(24, 80), "glider").close();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void life_pipeWithoutReader_endsQuietly() {
    var broken = new OutputStream() {
      private int writes;

      @Override
      public void write(int b) throws IOException {
        writes++;
        throw new IOException("Broken pipe");
      }
    };
    PrintWriter writer = Main.writer(new PrintStream(broken, false, StandardCharsets.UTF_8));
    assertThat(Main.commandLine(writer, new PrintWriter(err, true)).execute("life", "-g", "9223372036854775807")).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(broken.writes).isPositive();
  }
}
