package dev.heddle.codec;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** A worker's side of a {@link ClassSite}: makes the lambda or record from its parts. Immutable. */
abstract sealed class DefinedSite {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private final int parts;

  private DefinedSite(int parts) {
    this.parts = parts;
  }

  int parts() {
    return parts;
  }

  abstract Object build(@Nullable Object[] parts) throws Exception;

  static DefinedSite read(Source source, ClassSpaces spaces) throws ClassNotFoundException {
    int kind = source.get();
    Class<?> host = spaces.load(source.getString(), source.getString());
    return switch (kind) {
      case ClassSite.LAMBDA -> new OfLambda(host, source);
      case ClassSite.RECORD -> new OfRecord(host, source.getSize());
      default -> throw new MalformedException("a site of kind " + kind);
    };
  }

  private static Exception thrown(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof Exception exception ? exception : new CodecException("decoding threw " + e, e);
  }

  /** A lambda; made by the method that its host has for deserialization, so it is the same as one made there. */
  private static final class OfLambda extends DefinedSite {
    private final Class<?> host;
    private final String[] names;
    private final int implKind;
    private final @Nullable MethodHandle deserialize;

    OfLambda(Class<?> host, Source source) {
      String[] names = new String[7];
      for (int i = 0; i < 3; i++) {
        names[i] = source.getString().intern();
      }
      this.implKind = source.getSize();
      for (int i = 3; i < 7; i++) {
        names[i] = source.getString().intern();
      }
      super(source.getSize());
      this.host = host;
      this.names = names;
      this.deserialize = find(host);
    }

    private static @Nullable MethodHandle find(Class<?> host) {
      try {
        Method method = host.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
        method.setAccessible(true);
        return LOOKUP.unreflect(method).asType(MethodType.methodType(Object.class, SerializedLambda.class));
      } catch (ReflectiveOperationException | InaccessibleObjectException e) {
        return null;
      }
    }

    @Override
    Object build(@Nullable Object[] parts) throws Exception {
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

    /** The JDK may call the host's method even where this module may not. */
    private Object byStream(SerializedLambda lambda) throws Exception {
      Sink sink = new Sink(1024);
      try (ObjectOutputStream out = new ObjectOutputStream(sink)) {
        out.writeObject(lambda);
      }
      ClassLoader loader = host.getClassLoader();
      try (ObjectInputStream in = new ObjectInputStream(new Source(sink.toBytes()).stream()) {
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

  /** A record; made by its canonical constructor. */
  private static final class OfRecord extends DefinedSite {
    private final MethodHandle constructor;

    OfRecord(Class<?> type, int parts) {
      super(parts);
      RecordComponent[] components = type.getRecordComponents();
      if (components == null || components.length != parts) {
        throw new MalformedException(type.getName() + " has other components in the worker than in the parent");
      }
      Class<?>[] types = new Class<?>[parts];
      for (int i = 0; i < parts; i++) {
        types[i] = components[i].getType();
      }
      try {
        Constructor<?> canonical = type.getDeclaredConstructor(types);
        canonical.setAccessible(true);
        constructor = LOOKUP
            .unreflectConstructor(canonical)
            .asSpreader(Object[].class, parts)
            .asType(MethodType.methodType(Object.class, Object[].class));
      } catch (ReflectiveOperationException | InaccessibleObjectException e) {
        throw new CodecException("the constructor of " + type.getName() + " cannot be called in the worker: " + e, e);
      }
    }

    @Override
    Object build(@Nullable Object[] parts) throws Exception {
      try {
        return (Object) constructor.invokeExact(parts);
      } catch (Throwable e) {
        throw thrown(e);
      }
    }
  }
}
