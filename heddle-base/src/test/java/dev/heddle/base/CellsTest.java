package dev.heddle.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellsTest {

  @Test
  void printable_showsWhatControlsATerminalAsEscapes() {
    assertThat(Cells.printable("a\u001b[31m\u0007\u009b\u007f\r\n\t")).isEqualTo("a\\x1b[31m\\x07\\x9b\\x7f\\r\\n\\t");
    assertThat(Cells.printable("\u202e\u2028\u2029\ud800")).isEqualTo("\\u202e\\u2028\\u2029\\ud800");
    assertThat(Cells.printable("\udb40\udc41")).as("a tag character").isEqualTo("\\U000e0041");
    assertThat(Cells.printable("\udcff")).as("a byte that is no UTF-8").isEqualTo("\\xff");
    assertThat(Cells.printable("Müller 日本 👩‍🚀")).isEqualTo("Müller 日本 👩‍🚀");
  }

  @Test
  void printableLines_keepsLineFeedsAlone() {
    assertThat(Cells.printableLines("one\ntwo\r\n\u001b")).isEqualTo("one\ntwo\\r\n\\x1b");
  }
}
