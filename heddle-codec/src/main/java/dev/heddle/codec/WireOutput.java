package dev.heddle.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/** JDK serialization that says of each class which space it is from, and puts large arrays into shared memory. */
final class WireOutput extends ObjectOutputStream {
  static final int HOME = 0;
  static final int NAMED = 1;
  static final int SHELL = 2;

  private final ClassSpaces spaces;
  private final @Nullable SharedTable shared;
  private final @Nullable ShellTask shell;

  WireOutput(Sink to, ClassSpaces spaces, @Nullable SharedTable shared, @Nullable ShellTask shell) throws IOException {
    super(to);
    this.spaces = spaces;
    this.shared = shared;
    this.shell = shell;
    if (shared != null || shell != null) {
      enableReplaceObject(true);
    }
  }

  @Override
  protected void writeStreamHeader() {
    // both sides know what this is
  }

  @Override
  protected void annotateClass(Class<?> type) throws IOException {
    String space = spaces.spaceOf(type);
    if (shell != null && space != null) {
      shell.seeOther(type);
    }
    if (space == null) {
      if (shell == null) {
        throw new ShellTask.Needed();
      }
      shell.see(type);
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
    if (shell != null) {
      shell.seeOther(type);
    }
  }

  @Override
  protected @Nullable Object replaceObject(@Nullable Object object) throws IOException {
    if (shell != null && object instanceof SerializedLambda lambda) {
      shell.see(lambda);
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
