package dev.heddle.codec.form;

import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The serialized form of an {@code Optional} or its primitive variants.
 *
 * @param kind {@code O}, {@code I}, {@code L} or {@code D}
 * @param value null if it is empty
 */
public record OptionalForm(char kind, @Nullable Object value) implements Serializable {

  static @Nullable OptionalForm of(Object object) {
    return switch (object) {
      case Optional<?> all -> new OptionalForm('O', all.orElse(null));
      case OptionalInt all -> new OptionalForm('I', all.isPresent() ? all.getAsInt() : null);
      case OptionalLong all -> new OptionalForm('L', all.isPresent() ? all.getAsLong() : null);
      case OptionalDouble all -> new OptionalForm('D', all.isPresent() ? all.getAsDouble() : null);
      default -> null;
    };
  }

  private Object readResolve() throws ObjectStreamException {
    return switch (kind) {
      case 'O' -> Optional.ofNullable(value);
      case 'I' -> value instanceof Integer number ? OptionalInt.of(number) : OptionalInt.empty();
      case 'L' -> value instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
      case 'D' -> value instanceof Double number ? OptionalDouble.of(number) : OptionalDouble.empty();
      default -> throw new InvalidObjectException("an optional of kind " + kind);
    };
  }
}
