package dev.heddle.process.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The default locales and time zone of this JVM, where its properties do not tell them: as a text without spaces, for the
 * line that a worker reads first. Only a parent writes such a text, so it is trusted.
 *
 * @param locale null if the worker's own is right, as are the next three
 * @param zone the identifier of a time zone, or the zone itself if no identifier leads to it
 */
public record Defaults(@Nullable Locale locale, @Nullable Locale display, @Nullable Locale format,
    @Nullable Serializable zone)
    implements
      Serializable {

  /** Returns the text; empty if there is nothing to tell. */
  public String text() throws IOException {
    if (locale == null && zone == null) {
      return "";
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(this);
    }
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  /** Makes the defaults of a text those of this JVM. */
  public static void apply(String text) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(text)))) {
      ((Defaults) in.readObject()).apply();
    }
  }

  private void apply() {
    if (locale != null && display != null && format != null) {
      Locale.setDefault(locale); // all three
      Locale.setDefault(Locale.Category.DISPLAY, display);
      Locale.setDefault(Locale.Category.FORMAT, format);
    }
    if (zone != null) {
      TimeZone.setDefault(zone instanceof TimeZone all ? all : TimeZone.getTimeZone((String) zone));
    }
  }
}
