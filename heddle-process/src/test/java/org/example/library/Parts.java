package org.example.library;

import java.io.Serializable;

/** Classes of a library that the application uses: another family of packages than the tasks'. */
public final class Parts {
  private Parts() {}

  /** Harmless by its kind. */
  public record Money(long cents) implements Serializable {}

  /** An ordinary class; could do anything when it is read. */
  public static final class Widget implements Serializable {
    @Override
    public boolean equals(Object other) {
      return other instanceof Widget;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }
}
