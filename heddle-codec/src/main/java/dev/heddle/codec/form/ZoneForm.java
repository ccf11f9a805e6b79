package dev.heddle.codec.form;

import java.io.Serializable;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The serialized form of a {@code TimeZone} that its identifier leads to. (JDK serialization would send its table of
 * changes, and the receiver would have to trust that.)
 */
public record ZoneForm(String id) implements Serializable {
  static final Class<?> OF_THE_JDK = TimeZone.getTimeZone("UTC").getClass();

  static @Nullable ZoneForm of(Object object) {
    return object.getClass() == OF_THE_JDK
        && object instanceof TimeZone zone
        && TimeZone.getTimeZone(zone.getID()).equals(zone)
            ? new ZoneForm(zone.getID())
            : null;
  }

  private Object readResolve() {
    return TimeZone.getTimeZone(id);
  }
}
