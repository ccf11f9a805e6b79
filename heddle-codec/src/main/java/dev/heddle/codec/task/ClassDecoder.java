package dev.heddle.codec.task;

import dev.heddle.codec.form.RecordShape;
import dev.heddle.codec.loader.ClassDigest;
import dev.heddle.codec.loader.ClassSpaces;
import dev.heddle.codec.message.BinaryReader;
import dev.heddle.codec.message.BinaryWriter;
import dev.heddle.codec.message.CodecException;
import dev.heddle.codec.message.MalformedException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds the lambdas or records of one class from their parts; a worker's counterpart of {@link ClassEncoder}. Immutable.
 */
public abstract sealed class ClassDecoder {
  private final int parts;

  private ClassDecoder(int parts) {
    this.parts = parts;
  }

  public int parts() {
    return parts;
  }

  public abstract Object build(@Nullable Object[] parts) throws Exception;

  public static ClassDecoder read(BinaryReader source, ClassSpaces spaces) throws ClassNotFoundException {
    int kind = source.get();
    String space = source.getString();
    Class<?> host = spaces.load(space, source.getString());
    spaces.check(host, source.getLong());
    long implementation = source.getLong();
    return switch (kind) {
      case ClassEncoder.LAMBDA -> new OfLambda(host, source, spaces, space, implementation);
      case ClassEncoder.RECORD -> new OfRecord(host, source.getSize());
      default -> throw new MalformedException("a site of kind " + kind);
    };
  }

  /** Returns the space of the class that a definition is about. */
  static String spaceOf(BinaryReader definition) {
    definition.get();
    return definition.getString();
  }

  private static Exception thrown(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof Exception exception ? exception : new CodecException("decoding threw " + e, e);
  }

  /** Rebuilds lambdas by the deserialization method of their host class, so that they equal those created there. */
  private static final class OfLambda extends ClassDecoder {
    private final Class<?> host;
    private final String[] names;
    private final int implKind;
    private final @Nullable MethodHandle deserialize;

    OfLambda(Class<?> host, BinaryReader source, ClassSpaces spaces, String space, long implementation)
        throws ClassNotFoundException {
      String[] names = new String[7];
      for (int i = 0; i < 3; i++) {
        names[i] = source.getString().intern();
      }
      this.implKind = source.getSize();
      for (int i = 3; i < 7; i++) {
        names[i] = source.getString().intern();
      }
      if (implementation != ClassDigest.NONE) { // of another class: a reference to its method
        spaces.check(spaces.load(space, names[3].replace('/', '.')), implementation);
      }
      super(source.getSize());
      this.host = host;
      this.names = names;
      this.deserialize = find(host);
    }

    private static @Nullable MethodHandle find(Class<?> host) {
      try {
        // Not by reflection, which would load the classes of all its methods' parameters and results; and one may be
        // missing.
        return PrivateLookup.in(host)
            .findStatic(host, "$deserializeLambda$", MethodType.methodType(Object.class, SerializedLambda.class));
      } catch (ReflectiveOperationException e) {
        return null;
      }
    }

    @Override
    public Object build(@Nullable Object[] parts) throws Exception {
      SerializedLambda lambda = new SerializedLambda(
          host, names[0], names[1], names[2], implKind, names[3], names[4], names[5], names[6], parts);
      if (deserialize == null) {
        return byStream(lambda);
      }
      try {
        return (Object) deserialize.invokeExact(lambda);
      } catch (Throwable e) {
        throw thrown(e);
      }
    }

    /** Uses JDK serialization, which may call the host's method even where this module may not. */
    private Object byStream(SerializedLambda lambda) throws Exception {
      BinaryWriter bytes = new BinaryWriter(1024);
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(lambda);
      }
      ClassLoader loader = host.getClassLoader();
      try (ObjectInputStream in = new ObjectInputStream(new BinaryReader(bytes.toBytes()).stream()) {
        @Override
        protected Class<?> resolveClass(java.io.ObjectStreamClass described)
            throws IOException, ClassNotFoundException {
          return described.getName().equals(host.getName())
              ? host
              : Class.forName(described.getName(), false, loader);
        }
      }) {
        return in.readObject();
      }
    }
  }

  /** Rebuilds records by their canonical constructor. */
  private static final class OfRecord extends ClassDecoder {
    private final RecordShape shape;

    OfRecord(Class<?> type, int parts) {
      super(parts);
      if (!type.isRecord() || RecordShape.of(type).size() != parts) {
        throw new MalformedException(type.getName() + " has other components in the worker than in the parent");
      }
      this.shape = RecordShape.of(type);
    }

    @Override
    public Object build(@Nullable Object[] parts) throws Exception {
      try {
        return shape.create(parts);
      } catch (Throwable e) {
        throw thrown(e);
      }
    }
  }
}
