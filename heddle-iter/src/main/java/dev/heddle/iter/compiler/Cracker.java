package dev.heddle.iter.compiler;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where the code of a serializable lambda stands and what it has captured.
 *
 * <p>Serialization asks the lambda for its description before it looks at what was captured, and offers it here; it is kept,
 * and nothing is written. So the captured values need not be serializable, and the lambda's class need not be opened.
 */
final class Cracker extends ObjectOutputStream {
  private @Nullable SerializedLambda found;

  private Cracker() throws IOException {
    super(OutputStream.nullOutputStream());
    enableReplaceObject(true);
  }

  /** The description of a lambda or method reference; null for an object of another class. */
  static @Nullable SerializedLambda crack(Object lambda) throws Unsupported {
    if (!lambda.getClass().isSynthetic() || !lambda.getClass().isHidden()) {
      return null;
    }
    try (Cracker cracker = new Cracker()) {
      cracker.writeObject(lambda);
      return cracker.found;
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new Unsupported("its lambda cannot be described: " + e, e);
    }
  }

  @Override
  protected @Nullable Object replaceObject(Object object) {
    if (object instanceof SerializedLambda lambda) {
      found = lambda;
    }
    return null;
  }
}
