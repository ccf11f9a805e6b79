package dev.heddle.cli.each.template;

import dev.heddle.cli.terminal.ControlCharacters;
import java.util.regex.Pattern;

/** The quotes that a placeholder stands in, which decide how a word is written there. */
enum Quotes {
  NONE {
    @Override
    String expansion(String variable) {
      return "\"${" + variable + "}\"";
    }

    @Override
    String word(String value) {
      return hasControls(value) ? escaped(value) : "'" + SINGLE.word(value) + "'";
    }
  },
  SINGLE {
    @Override
    String expansion(String variable) {
      return "'" + NONE.expansion(variable) + "'";
    }

    @Override
    String word(String value) {
      return hasControls(value) ? "'" + escaped(value) + "'" : value.replace("'", "'\\''");
    }
  },
  /** In double quotes, or where the shell splits no words. */
  DOUBLE {
    @Override
    String expansion(String variable) {
      return "${" + variable + "}";
    }

    @Override
    String word(String value) { // an interactive shell replaces ! in double quotes
      return hasControls(value) || value.contains("!") ? "\"" + NONE.word(value) + "\"" : escapedInDoubleQuotes(value);
    }
  };

  private static final Pattern PLAIN_WORD = Pattern.compile("[\\w@%+=:,./-]+");

  /** Returns how the shell expands a variable there to one word. */
  abstract String expansion(String variable);

  /** Returns how a value is written there; with control and format characters, as {@code $'...'}, which bash reads. */
  abstract String word(String value);

  /** Whether a value needs no quotes as an argument. */
  static boolean isPlain(String value) {
    return PLAIN_WORD.matcher(value).matches();
  }

  static String escapedInDoubleQuotes(String value) {
    return value.replaceAll("[\\\\\"$`]", "\\\\$0");
  }

  private static boolean hasControls(String value) {
    return !ControlCharacters.escape(value).equals(value);
  }

  /** Returns a value in the quotes {@code $'...'}, on one line and without control characters. */
  private static String escaped(String value) {
    StringBuilder out = new StringBuilder("$'");
    value.codePoints().forEach(c -> {
      if (c == '\\' || c == '\'') {
        out.append('\\').append((char) c);
      } else if (c >= 0x80 && c <= 0x9f) {
        out.append(String.format("\\u%04x", c)); // \x85 is a byte
      } else {
        out.append(ControlCharacters.escape(Character.toString(c)));
      }
    });
    return out.append('\'').toString();
  }
}
