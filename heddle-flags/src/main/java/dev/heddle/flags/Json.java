package dev.heddle.flags;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON (RFC 8259) from maps, lists, strings, numbers, booleans and null; for the reports of {@code heddle}. */
public final class Json {
  private Json() {}

  /**
   * The text of a value, indented by two spaces a level and without a line feed at its end.
   *
   * @param value maps keep their order; a number that JSON has no word for, such as NaN, becomes null
   * @throws IllegalArgumentException if it is or holds anything else
   */
  public static String of(@Nullable Object value) {
    StringBuilder text = new StringBuilder();
    write(value, text, 0);
    return text.toString();
  }

  private static void write(@Nullable Object value, StringBuilder text, int depth) {
    switch (value) {
      case null -> text.append("null");
      case String string -> quote(string, text);
      case Double number when !Double.isFinite(number) -> text.append("null");
      case Number number -> text.append(number);
      case Boolean bool -> text.append(bool);
      case Map<?, ?> map -> {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          newLine(text.append(separator), depth + 1);
          quote(String.valueOf(entry.getKey()), text);
          write(entry.getValue(), text.append(": "), depth + 1);
          separator = ",";
        }
        close(text, map.isEmpty(), "{", "}", depth);
      }
      case List<?> list -> {
        String separator = "[";
        for (Object each : list) {
          newLine(text.append(separator), depth + 1);
          write(each, text, depth + 1);
          separator = ",";
        }
        close(text, list.isEmpty(), "[", "]", depth);
      }
      default -> throw new IllegalArgumentException(
          "value must be a map, list, string, number, boolean or null, but was a " + value.getClass().getName());
    }
  }

  private static void close(StringBuilder text, boolean empty, String open, String close, int depth) {
    if (empty) {
      text.append(open);
    } else {
      newLine(text, depth);
    }
    text.append(close);
  }

  private static void newLine(StringBuilder text, int depth) {
    text.append('\n').repeat("  ", depth);
  }

  private static void quote(String string, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          // Lone surrogates cannot be encoded; the line separators trip readers that take JSON for JavaScript.
          if (c < 0x20 || c == 0x7f || c == '\u2028' || c == '\u2029' || isLoneSurrogate(string, i)) {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  private static boolean isLoneSurrogate(String string, int at) {
    char c = string.charAt(at);
    return Character.isHighSurrogate(c)
        ? at + 1 == string.length() || !Character.isLowSurrogate(string.charAt(at + 1))
        : Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(string.charAt(at - 1)));
  }
}
