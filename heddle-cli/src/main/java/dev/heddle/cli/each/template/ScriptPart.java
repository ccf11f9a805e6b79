package dev.heddle.cli.each.template;

/** A part of a script: text that stays as it is, or a placeholder. */
sealed interface ScriptPart {

  /** Text of the script. */
  record Text(String text) implements ScriptPart {}

  /**
   * A placeholder.
   *
   * @param name what the first group of the pattern has matched
   * @param isWord whether it is a whole word that is neither the name of a command nor a word of the shell's grammar
   * @param followsName whether it stands directly after the name of a variable, of which it would become a part
   */
  record Place(String name, Quotes quotes, boolean isWord, boolean followsName) implements ScriptPart {

    /** Returns how the value is typed there, so that it is what the script has there: plain if that is certain. */
    String shown(String value) {
      if (quotes == Quotes.NONE && isWord && Quotes.isPlain(value)) {
        return value;
      }
      return (quotes == Quotes.DOUBLE && followsName ? "\"\"" : "") + quotes.word(value);
    }

    /** Returns how earlier versions have shown a value without control characters. */
    String shownBefore(String value) {
      return switch (quotes) {
        case NONE -> Quotes.isPlain(value) ? value : Quotes.NONE.word(value);
        case SINGLE -> Quotes.SINGLE.word(value);
        case DOUBLE -> Quotes.escapedInDoubleQuotes(value);
      };
    }
  }
}
