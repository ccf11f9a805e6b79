package dev.heddle.codec.diagnosis;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The remedies for objects of certain classes of the JDK that have no form: what to send instead. */
public final class Hints {
  private static final Map<String, String> BY_CLASS = Map.of(
      "java.time.format.DateTimeFormatter", "create it where it is used, for example in a static field",
      "java.util.WeakHashMap", "copy it into a HashMap",
      "java.nio.Buffer", "copy its content into an array or a ByteBuffer on the heap",
      "java.text.Format", "send its pattern, or the text it makes",
      "java.util.logging.Level", "send its name, of which Level.parse makes a level again",
      "java.net.URL", "send a URI or a text",
      "java.util.TimeZone", "send its offset, or the identifier of a zone");

  private Hints() {}

  /** Returns the hint for a class, or for a class that it extends; null if there is none. */
  public static @Nullable String of(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      String hint = BY_CLASS.get(c.getName());
      if (hint != null) {
        return hint;
      }
    }
    return null;
  }
}
