package io.github.bob.gadgets;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.util.ArrayList;

/** Classes of another author, which run code when they are read; in the same jar as {@code io.github.alice}. */
public final class Gadgets {
  /** Whether one of them has run its code. */
  public static volatile boolean ran;

  private Gadgets() {}

  private static void run() {
    ran = true;
  }

  /** Runs code in {@code readObject}. */
  public static final class Reads implements Serializable {
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      run();
    }
  }

  /** Runs code in {@code readResolve}. */
  public static final class Resolves implements Serializable {
    private Object readResolve() {
      run();
      return this;
    }
  }

  /** Runs code in {@code readExternal}. */
  public static final class External implements Externalizable {
    /** For the stream. */
    public External() {}

    @Override
    public void writeExternal(ObjectOutput out) {}

    @Override
    public void readExternal(ObjectInput in) {
      run();
    }
  }

  /** Could run code in any method. */
  public static final class Collection extends ArrayList<Object> {}
}
