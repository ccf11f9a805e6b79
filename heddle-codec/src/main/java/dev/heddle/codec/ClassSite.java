package dev.heddle.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.SerializedLambda;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The class of a lambda or record that is sent as a number and its parts. Thread-safe. */
abstract sealed class ClassSite {
  static final int LAMBDA = 1;
  static final int RECORD = 2;

  private final int id;
  private volatile @Nullable Site alone;

  private ClassSite(int id) {
    this.id = id;
  }

  int id() {
    return id;
  }

  /** The site of tasks that use this class and no other. */
  Site alone() {
    Site known = alone;
    if (known == null) {
      synchronized (this) {
        known = alone;
        if (known == null) {
          known = new Site(id, definition(List.of(this)));
          alone = known;
        }
      }
    }
    return known;
  }

  /** What a worker needs to know of some classes. */
  static byte[] definition(List<ClassSite> used) {
    Sink sink = new Sink(256);
    sink.putSize(used.size());
    for (ClassSite each : used) {
      byte[] definition = each.definition();
      sink.putSize(each.id());
      sink.putSize(definition.length);
      sink.write(definition, 0, definition.length);
    }
    return sink.toBytes();
  }

  /** What has to be sent of a value of this class. */
  abstract Object[] parts(Object value);

  /** What a worker needs to know of the class. */
  abstract byte[] definition();

  private static CodecException failed(Object value, Throwable cause) {
    return new CodecException(value.getClass().getName() + " cannot be taken apart: " + cause, cause);
  }

  /** A lambda or method reference; its parts are what it has captured. */
  static final class OfLambda extends ClassSite {
    private final MethodHandle writeReplace;
    private final byte[] definition;

    /**
     * A lambda's class.
     *
     * @param writeReplace takes an object and returns its description as an object
     * @param sample the description of one of them; all but the captured values is the same for all
     */
    OfLambda(int id, MethodHandle writeReplace, SerializedLambda sample, String space) {
      super(id);
      this.writeReplace = writeReplace;
      Sink sink = new Sink(256);
      sink.put(LAMBDA);
      sink.putString(space);
      sink.putString(sample.getCapturingClass().replace('/', '.'));
      sink.putString(sample.getFunctionalInterfaceClass());
      sink.putString(sample.getFunctionalInterfaceMethodName());
      sink.putString(sample.getFunctionalInterfaceMethodSignature());
      sink.putSize(sample.getImplMethodKind());
      sink.putString(sample.getImplClass());
      sink.putString(sample.getImplMethodName());
      sink.putString(sample.getImplMethodSignature());
      sink.putString(sample.getInstantiatedMethodType());
      sink.putSize(sample.getCapturedArgCount());
      this.definition = sink.toBytes(); // the sample itself is not kept, for it holds what a task has captured
    }

    @Override
    Object[] parts(Object value) {
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
    byte[] definition() {
      return definition;
    }
  }

  /** A record; its parts are its components. */
  static final class OfRecord extends ClassSite {
    private final MethodHandle[] fields;
    private final String space;
    private final String name;

    /**
     * A record's class.
     *
     * @param fields one per component; takes an object and returns an object
     */
    OfRecord(int id, MethodHandle[] fields, String space, String name) {
      super(id);
      this.fields = fields;
      this.space = space;
      this.name = name;
    }

    @Override
    Object[] parts(Object value) {
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
    byte[] definition() {
      Sink sink = new Sink(128);
      sink.put(RECORD);
      sink.putString(space);
      sink.putString(name);
      sink.putSize(fields.length);
      return sink.toBytes();
    }
  }
}
