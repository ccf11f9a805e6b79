package dev.heddle.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RleReaderTest {
  private static final String GLIDER = "-*-\n--*\n***";

  private static Pattern read(String text) {
    return Pattern.ofRle("unnamed", text);
  }

  private static String cells(String text) {
    Pattern pattern = read(text);
    return pattern.inTheMiddleOf(pattern.height(), pattern.width()).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "x = 3, y = 3, rule = B3/S23\nbob$2bo$3o!",
      "x=3,y=3\nbo$2bo$3o!", // no rule, no spaces, empty cells at the end of a row left out
      "x = 3, y = 3, rule = b3/s23:T50,50\nbo$2bo$3o$!", // a bounded world, an end of the last row
      "#C by hand\n#O nobody\nx = 3, y = 3, rule = 23/3\nbob$\n2bo$\n3o\n!\nwhatever", // rows on lines, text behind
      "x = 3, y = 3\r\nb o b $\r\n  2bo$\r\n\r\n# in between\r\n3o!\r\n", // spaces, comments, line ends of Windows
      "\uFEFFX = 3, Y = 3, Rule = Life\nbob$bbo$ooo!", // a byte order mark, upper case, no counts
  })
  void read_glider_howeverWritten(String text) {
    assertThat(cells(text)).isEqualTo(GLIDER);
  }

  @Test
  void read_emptyRows_areCountedAndFilledUp() {
    assertThat(cells("x = 2, y = 5\no2$bo!")).isEqualTo("*-\n--\n-*\n--\n--");
    assertThat(cells("x = 2, y = 2\n!")).isEqualTo("--\n--");
    assertThat(cells("x = 1, y = 3\n2$o!")).isEqualTo("-\n-\n*");
  }

  @Test
  void name_isFromTheTextOrElseAsGiven() {
    assertThat(read("#N Twin bees\nx = 1, y = 1\no!").name()).isEqualTo("Twin bees");
    assertThat(read("#N\nx = 1, y = 1\no!").name()).isEqualTo("unnamed");
    assertThat(read("#N a\u001b[2Jb\u0007c\nx = 1, y = 1\no!").name()).isEqualTo("a [2Jb c");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "``|1|1|the header is missing",
      "`#C only this`|2|1|the header is missing",
      "bo$2bo$3o!|1|1|a header such as 'x = 3, y = 3, rule = B3/S23' is expected here",
      "x = 3\\nbo!|1|1|a header such as",
      "x = 0, y = 3\\n!|1|5|x must be from 1 to 2048, but is 0",
      "x = 3, y = 99999999999\\n!|1|12|y must be from 1 to 2048, but is 99999999999",
      "x = 3, y = 3, rule = B36/S23\\no!|1|22|the rule is B36/S23; only Conway's",
      "x = 3, y = 3\\nbob$2xo!|2|6|'b', 'o' or '$' must follow directly after the count, but here is 'x'",
      "x = 3, y = 3\\nbobQ|2|4|expected b (empty), o (alive), $ (end of row), ! (end) or a count of them, but here is 'Q'",
      "x = 3, y = 3\\n\\7!|2|1|but here is U+0007",
      "x = 3, y = 3\\nbo$\\n 2|3|3|must follow directly after the count, but here is the end of the line",
      "x = 3, y = 3\\nbo$2 bo!|2|5|but here is ' '",
      "x = 3, y = 3\\nbo$0o!|2|4|a count must be at least 1, but is 0",
      "x = 3, y = 3\\nbo$3!|2|5|a count before the end of the pattern, '!', is not allowed; remove it",
      "x = 3, y = 3\\nbo$bo3o!|2|6|row 2 has more than the 3 cells of the header (x)",
      "x = 3, y = 3\\n4o!|2|1|row 1 has more than the 3 cells",
      "x = 3, y = 3\\n99999999999999o!|2|1|row 1 has more than the 3 cells",
      "x = 3, y = 3\\no$o$o$o!|2|7|the pattern has more than the 3 rows of the header (y)",
      "x = 3, y = 3\\no$o$o2$!|2|6|the pattern has more than the 3 rows",
      "x = 3, y = 3\\no99999999$o!|2|2|the pattern has more than the 3 rows",
      "x = 3, y = 3\\nbo$\\n2bo$|3|5|the text ends here, but the pattern's end, '!', is missing",
      "x = 3, y = 3|1|13|the text ends here, but the pattern's end, '!', is missing",
  })
  void read_malformed_saysWhereAndWhy(String text, int line, int column, String reason) {
    assertThatExceptionOfType(RleException.class)
        .isThrownBy(() -> read(text.translateEscapes()))
        .withMessageStartingWith("line " + line + ", column " + column + ": ")
        .withMessageContaining(reason)
        .satisfies(
            error -> {
              assertThat(error.line()).isEqualTo(line);
              assertThat(error.column()).isEqualTo(column);
            });
  }

  @Test
  void read_greatestPattern_isRead() {
    Pattern full = read("x = 2048, y = 2048\n" + "2048o$".repeat(2048) + "!");
    assertThat(full.inTheMiddleOf(2048, 2048).population()).isEqualTo(2048 * 2048);
  }
}
