package dev.heddle.codec.task;

import dev.heddle.codec.SiteDefinition;
import dev.heddle.codec.loader.ClassDigest;
import dev.heddle.codec.message.BinaryWriter;
import dev.heddle.codec.message.CodecException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.SerializedLambda;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the lambdas or records of one class apart, which are sent as the number of this encoder and their parts.
 * Thread-safe.
 */
public abstract sealed class ClassEncoder {
  public static final int LAMBDA = 1;
  public static final int RECORD = 2;

  private final int id;
  private volatile @Nullable SiteDefinition alone;

  private ClassEncoder(int id) {
    this.id = id;
  }

  public int id() {
    return id;
  }

  /** Returns the definition for tasks that use this class and no other. */
  public SiteDefinition alone() {
    SiteDefinition known = alone;
    if (known == null) {
      synchronized (this) {
        known = alone;
        if (known == null) {
          known = new SiteDefinition(id, definition(List.of(this)));
          alone = known;
        }
      }
    }
    return known;
  }

  /** Returns the definition that a worker needs to rebuild objects of several classes. */
  public static byte[] definition(List<ClassEncoder> used) {
    BinaryWriter out = new BinaryWriter(256);
    out.putSize(used.size());
    for (ClassEncoder each : used) {
      byte[] definition = each.definition();
      out.putSize(each.id());
      out.putSize(definition.length);
      out.write(definition, 0, definition.length);
    }
    return out.toBytes();
  }

  /** Returns the parts of an object of this class. */
  public abstract Object[] parts(Object value);

  /** Returns the definition that a worker needs to rebuild objects of this class. */
  public abstract byte[] definition();

  private static CodecException failed(Object value, Throwable cause) {
    return new CodecException(value.getClass().getName() + " cannot be taken apart: " + cause, cause);
  }

  /** Encodes lambdas and method references; their parts are the captured values. */
  public static final class OfLambda extends ClassEncoder {
    private final MethodHandle writeReplace;
    private final byte[] definition;

    /**
     * Creates the encoder of a lambda's class.
     *
     * @param writeReplace returns the serialized form of its argument
     * @param sample the serialized form of one object; that of the others differs in the captured values alone
     * @param loader the loader of the lambda's class
     */
    OfLambda(int id, MethodHandle writeReplace, SerializedLambda sample, String space, @Nullable ClassLoader loader) {
      super(id);
      this.writeReplace = writeReplace;
      BinaryWriter out = new BinaryWriter(256);
      out.put(LAMBDA);
      out.putString(space);
      out.putString(sample.getCapturingClass().replace('/', '.'));
      out.putLong(digest(sample.getCapturingClass(), loader));
      out.putLong(
          sample.getImplClass().equals(sample.getCapturingClass())
              ? ClassDigest.NONE
              : digest(sample.getImplClass(), loader));
      out.putString(sample.getFunctionalInterfaceClass());
      out.putString(sample.getFunctionalInterfaceMethodName());
      out.putString(sample.getFunctionalInterfaceMethodSignature());
      out.putSize(sample.getImplMethodKind());
      out.putString(sample.getImplClass());
      out.putString(sample.getImplMethodName());
      out.putString(sample.getImplMethodSignature());
      out.putString(sample.getInstantiatedMethodType());
      out.putSize(sample.getCapturedArgCount());
      this.definition = out.toBytes(); // the sample itself is not kept, since it refers to captured values
    }

    private static long digest(String name, @Nullable ClassLoader loader) {
      try {
        return ClassDigest.ofLoaded(Class.forName(name.replace('/', '.'), false, loader));
      } catch (ClassNotFoundException | LinkageError e) {
        return ClassDigest.NONE; // a class that its loader does not find again
      }
    }

    @Override
    public Object[] parts(Object value) {
      SerializedLambda lambda;
      try {
        lambda = (SerializedLambda) (Object) writeReplace.invokeExact(value);
      } catch (Throwable e) {
        throw failed(value, e);
      }
      Object[] parts = new Object[lambda.getCapturedArgCount()];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = lambda.getCapturedArg(i);
      }
      return parts;
    }

    @Override
    public byte[] definition() {
      return definition;
    }
  }

  /** Encodes records; their parts are the components. */
  public static final class OfRecord extends ClassEncoder {
    private final MethodHandle[] fields;
    private final String space;
    private final Class<?> type;

    /**
     * Creates the encoder of a record's class.
     *
     * @param fields the getter of each component's field, from Object to Object
     */
    OfRecord(int id, MethodHandle[] fields, String space, Class<?> type) {
      super(id);
      this.fields = fields;
      this.space = space;
      this.type = type;
    }

    @Override
    public Object[] parts(Object value) {
      Object[] parts = new Object[fields.length];
      try {
        for (int i = 0; i < parts.length; i++) {
          parts[i] = (Object) fields[i].invokeExact(value);
        }
      } catch (Throwable e) {
        throw failed(value, e);
      }
      return parts;
    }

    @Override
    public byte[] definition() {
      BinaryWriter out = new BinaryWriter(128);
      out.put(RECORD);
      out.putString(space);
      out.putString(type.getName());
      out.putLong(ClassDigest.ofLoaded(type));
      out.putLong(ClassDigest.NONE);
      out.putSize(fields.length);
      return out.toBytes();
    }
  }
}
