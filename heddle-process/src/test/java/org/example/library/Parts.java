package org.example.library;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/** Classes of a library that the application uses: another package than the tasks'. */
public final class Parts {
  private Parts() {}

  /** Harmless by its kind. */
  public record Money(long cents) implements Serializable {}

  /** Calls the system when it is read. */
  public static final class Widget implements Serializable {
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      System.gc();
    }

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
