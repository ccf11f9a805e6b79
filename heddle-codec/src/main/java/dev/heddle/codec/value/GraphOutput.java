package dev.heddle.codec.value;

import dev.heddle.codec.loader.ClassSpaces;
import dev.heddle.codec.loader.ShellClassException;
import dev.heddle.codec.message.ArrayKind;
import dev.heddle.codec.message.BinaryWriter;
import dev.heddle.codec.shared.SharedRef;
import dev.heddle.codec.shared.SharedTable;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/** Serializes objects, adds the space of each class, and copies large arrays to shared memory. */
public final class GraphOutput extends ObjectOutputStream {
  public static final int HOME = 0;
  public static final int NAMED = 1;
  public static final int SHELL = 2;

  private final ClassSpaces spaces;
  private final @Nullable SharedTable shared;
  private final @Nullable StreamObserver observer;

  public GraphOutput(BinaryWriter to, ClassSpaces spaces, @Nullable SharedTable shared, @Nullable StreamObserver observer)
      throws IOException {
    super(to);
    this.spaces = spaces;
    this.shared = shared;
    this.observer = observer;
    if (shared != null || observer != null) {
      enableReplaceObject(true);
    }
  }

  @Override
  protected void writeStreamHeader() {
    // the header would be the same in each message
  }

  @Override
  protected void annotateClass(Class<?> type) throws IOException {
    String space = spaces.spaceOf(type);
    if (observer != null && space != null) {
      observer.otherClass(type);
    }
    if (space == null) {
      if (observer == null) {
        throw new ShellClassException();
      }
      observer.shellClass(type);
      writeByte(SHELL);
    } else if (space.isEmpty()) {
      writeByte(HOME);
    } else {
      writeByte(NAMED);
      writeUTF(space);
    }
  }

  @Override
  protected void annotateProxyClass(Class<?> type) {
    if (observer != null) {
      observer.otherClass(type);
    }
  }

  @Override
  protected @Nullable Object replaceObject(@Nullable Object object) throws IOException {
    if (observer != null && object instanceof SerializedLambda lambda) {
      observer.lambda(lambda);
    }
    if (shared != null && object != null && object.getClass().isArray()) {
      ArrayKind kind = ArrayKind.of(object.getClass());
      int index = kind == null ? -1 : shared.add(kind, object);
      if (index >= 0) {
        return new SharedRef(index);
      }
    }
    return object;
  }
}
