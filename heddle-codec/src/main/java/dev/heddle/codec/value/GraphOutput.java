package dev.heddle.codec.value;

import dev.heddle.codec.form.Forms;
import dev.heddle.codec.form.ProcessBound;
import dev.heddle.codec.loader.ClassDigest;
import dev.heddle.codec.loader.ClassSpaces;
import dev.heddle.codec.loader.ShellClassException;
import dev.heddle.codec.message.ArrayKind;
import dev.heddle.codec.message.BinaryWriter;
import dev.heddle.codec.shared.SharedRef;
import dev.heddle.codec.shared.SharedTable;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Serializes objects: adds the space of each class, copies large arrays to shared memory, replaces objects that have a form
 * of the codec's own ({@link Forms}), and refuses those that work within one process only ({@link ProcessBound}).
 */
public final class GraphOutput extends ObjectOutputStream {
  public static final int HOME = 0;
  public static final int NAMED = 1;
  public static final int SHELL = 2;
  /** Added to the others if the digest of the class follows. */
  public static final int DIGEST = 4;

  private final ClassSpaces spaces;
  private final @Nullable SharedTable shared;
  private final @Nullable StreamObserver observer;
  private final Forms forms = new Forms();
  private @Nullable Set<ClassLoader> loaders;

  public GraphOutput(BinaryWriter to, ClassSpaces spaces, @Nullable SharedTable shared, @Nullable StreamObserver observer)
      throws IOException {
    super(to);
    this.spaces = spaces;
    this.shared = shared;
    this.observer = observer;
    enableReplaceObject(true);
  }

  @Override
  protected void writeStreamHeader() {
    // the header would be the same in each message
  }

  @Override
  protected void annotateClass(Class<?> type) throws IOException {
    String space = spaces.spaceOf(type);
    if (observer != null && space != null && !Forms.isForm(type)) {
      observer.otherClass(type);
    }
    if (space == null) {
      if (observer == null) {
        throw new ShellClassException();
      }
      observer.shellClass(type);
      writeByte(SHELL);
      return;
    }
    long digest = Forms.isForm(type) ? ClassDigest.NONE : spaces.digestOf(type); // forms are this library's own
    int flag = digest == ClassDigest.NONE ? 0 : DIGEST;
    if (space.isEmpty()) {
      writeByte(HOME | flag);
    } else {
      loaders = loaders == null ? new HashSet<>() : loaders;
      loaders.add(type.getClassLoader());
      writeByte(NAMED | flag);
      writeUTF(space);
    }
    if (flag != 0) {
      writeLong(digest);
    }
  }

  /** Returns the class loaders, apart from those of the class path, whose classes were written; null if there are none. */
  @Nullable
  Set<ClassLoader> loaders() {
    return loaders;
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
    if (object == null) {
      return null;
    }
    if (ProcessBound.of(object.getClass()) != null) {
      throw new NotSerializableException(object.getClass().getName());
    }
    if (!(object instanceof Serializable)) {
      Object form = forms.of(object);
      return form == null ? object : form;
    }
    Object form = forms.ofSerializable(object);
    if (form != null) {
      return form;
    }
    if (shared != null && object.getClass().isArray()) {
      ArrayKind kind = ArrayKind.of(object.getClass());
      int index = kind == null ? -1 : shared.add(kind, object);
      if (index >= 0) {
        return new SharedRef(index);
      }
    }
    return object;
  }
}
