package dev.heddle.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** That any text can stand in a document. */
final class XmlTest {
  @Test
  void escape_markup_becomesReferences() {
    assertThat(Xml.escape("<a href='x\">&amp;")).isEqualTo("&lt;a href=&#39;x&quot;&gt;&amp;amp;");
  }

  @Test
  void escape_controlCharacters_becomeQuestionMarks() {
    assertThat(Xml.escape("a\u0000b\u001bc\u007fd\u0085e\ufffef\uffff")).isEqualTo("a?b?c?d?e?f?");
    assertThat(Xml.escape("a\tb\r\nc")).isEqualTo("a b  c");
  }

  @Test
  void escape_surrogates_stayInPairsOnly() {
    assertThat(Xml.escape("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
    assertThat(Xml.escape("a\ud83d")).isEqualTo("a?");
    assertThat(Xml.escape("\ude00b\ud83dc")).isEqualTo("?b?c");
  }

  @Test
  void escape_everyCharacter_isOneThatXmlAllows() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      all.append((char) c).append(' '); // the space keeps surrogates apart
    }
    assertThat(Xml.escape(all.toString()).codePoints())
        .allMatch(c -> (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD)) // the production Char of XML 1.0
        .doesNotContain((int) '<', (int) '>', (int) '"', (int) '\'');
  }
}
