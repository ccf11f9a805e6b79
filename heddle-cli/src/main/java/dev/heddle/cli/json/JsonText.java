package dev.heddle.cli.json;

import com.grack.nanojson.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts maps, lists and plain values to JSON (RFC 8259) for the reports of the commands. */
public final class JsonText {
  private JsonText() {}

  /**
   * Returns the text of a value, indented by two spaces a level.
   *
   * @param value maps keep their order; numbers that JSON cannot represent, such as NaN, become null
   * @throws IllegalArgumentException if it is or contains anything but a map, list, string, number, boolean or null
   */
  public static String of(@Nullable Object value) {
    return JsonWriter.indent("  ").string().value(representable(value)).done();
  }

  /** Does the same in one line. */
  public static String line(@Nullable Object value) {
    return JsonWriter.string(representable(value));
  }

  /** Replaces what nanojson would write as invalid JSON. */
  private static @Nullable Object representable(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Double number when !Double.isFinite(number) -> null;
      case String text -> wellFormed(text);
      case Number number -> number;
      case Boolean bool -> bool;
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, each) -> copy.put(wellFormed(String.valueOf(key)), representable(each)));
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(each -> copy.add(representable(each)));
        yield copy;
      }
      default -> throw new IllegalArgumentException(
          "value must be a map, list, string, number, boolean or null, but was a " + value.getClass().getName());
    };
  }

  /** Replaces lone surrogates, which UTF-8 cannot encode, by U+FFFD. */
  private static String wellFormed(String text) {
    return text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
