package dev.heddle.codec.value;

import dev.heddle.codec.filter.CheckedCollection;
import dev.heddle.codec.filter.ResultFilter;
import dev.heddle.codec.filter.Weighing;
import dev.heddle.codec.loader.ClassDigest;
import dev.heddle.codec.loader.ClassSpaces;
import dev.heddle.codec.shared.SharedRef;
import dev.heddle.codec.shared.SharedTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deserializes the output of a {@link GraphOutput}. */
public final class GraphInput extends ObjectInputStream implements Weighing {
  private static final List<Class<?>> PRIMITIVES = List.of(
      boolean.class, byte.class, short.class, char.class, int.class, long.class, float.class, double.class, void.class);

  private final ClassSpaces spaces;
  private final @Nullable SharedTable shared;
  private final @Nullable String shellSpace;
  private final @Nullable ResultFilter filter;

  /**
   * Creates a stream.
   *
   * @param filter decides which classes may be read; null if the writer is trusted
   * @param shellSpace the space of the task's jshell classes
   */
  public GraphInput(
      InputStream from,
      ClassSpaces spaces,
      @Nullable SharedTable shared,
      @Nullable String shellSpace,
      @Nullable ResultFilter filter)
      throws IOException {
    super(from);
    this.spaces = spaces;
    this.shared = shared;
    this.shellSpace = shellSpace;
    this.filter = filter;
    if (filter != null) {
      setObjectInputFilter(filter);
    }
    if (shared != null || filter != null) {
      enableResolveObject(true);
    }
  }

  @Override
  protected void readStreamHeader() {
    // see GraphOutput
  }

  @Override
  protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
    ObjectStreamClass described = super.readClassDescriptor();
    boolean checked = filter != null && described.getName().equals(CheckedCollection.REPLACED);
    return checked ? ObjectStreamClass.lookup(CheckedCollection.class) : described;
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass described) throws IOException, ClassNotFoundException {
    String name = described.getName();
    int kind = readByte();
    String space = switch (kind & ~GraphOutput.DIGEST) {
      case GraphOutput.HOME -> ClassSpaces.HOME;
      case GraphOutput.NAMED -> readUTF();
      case GraphOutput.SHELL -> {
        if (shellSpace == null) {
          throw new InvalidClassException(name, "is of jshell, but the message names no jshell classes");
        }
        yield shellSpace;
      }
      default -> throw new InvalidClassException(name, "is of no known space");
    };
    long digest = (kind & GraphOutput.DIGEST) == 0 ? ClassDigest.NONE : readLong();
    if (name.equals(CheckedCollection.class.getName())) {
      return CheckedCollection.class; // a class loader of the application need not know it
    }
    for (Class<?> each : PRIMITIVES) {
      if (each.getName().equals(name)) {
        return each;
      }
    }
    Class<?> type = spaces.load(space, name);
    if (filter != null && !filter.acceptsRead(type)) {
      throw new InvalidClassException(name, "is made by a form only");
    }
    spaces.check(type, digest);
    return type;
  }

  @Override
  protected Class<?> resolveProxyClass(String[] interfaces) throws IOException, ClassNotFoundException {
    if (filter != null) { // now, since each set of interfaces would create another class
      throw new InvalidClassException("a proxy of " + List.of(interfaces) + ", which is not accepted from a worker");
    }
    Class<?>[] types = new Class<?>[interfaces.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = spaces.load(ClassSpaces.HOME, interfaces[i]);
    }
    ClassLoader loader = types.length == 0 ? null : types[0].getClassLoader();
    try {
      return Proxy.newProxyInstance(loader, types, (proxy, method, args) -> null).getClass();
    } catch (IllegalArgumentException e) {
      throw new ClassNotFoundException("the proxy class of " + List.of(interfaces) + " cannot be made", e);
    }
  }

  @Override
  protected @Nullable Object resolveObject(@Nullable Object object) throws IOException {
    if (object instanceof SharedRef ref && shared != null) {
      return shared.read(ref.index());
    }
    if (filter != null && !filter.accepts(object)) {
      throw new InvalidObjectException(String.valueOf(filter.exceeded()));
    }
    return object;
  }

  @Override
  public long weight(@Nullable Object object) {
    return filter == null ? 1 : filter.weight(object);
  }
}
