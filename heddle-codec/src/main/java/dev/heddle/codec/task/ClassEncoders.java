package dev.heddle.codec.task;

import dev.heddle.codec.SiteDefinition;
import dev.heddle.codec.filter.AllowList;
import dev.heddle.codec.form.ProcessBound;
import dev.heddle.codec.form.RecordShape;
import dev.heddle.codec.loader.ClassSpaces;
import dev.heddle.codec.loader.ParentSpaces;
import dev.heddle.codec.loader.ShellClassException;
import dev.heddle.codec.message.CodecException;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The encoders of the classes that one pool's tasks consist of, and the definitions of their combinations. Thread-safe. */
public final class ClassEncoders {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final int MOST_COMBINATIONS = 4096;
  private static final MethodType READ = MethodType.methodType(Object.class, Object.class);

  /** The definition for tasks that are serialized as a whole: empty. */
  public static final SiteDefinition SERIALIZED = new SiteDefinition(0, new byte[]{0});

  /** The encoder of a class, found with its first object; {@code site} is null if its objects are serialized. */
  private static final class Known {
    private volatile boolean seen;
    private volatile @Nullable ClassEncoder site;
    private volatile boolean shell;
  }

  private final ParentSpaces spaces;
  private final AllowList allowed;
  private final AtomicInteger ids = new AtomicInteger(1);
  private final Map<List<Integer>, SiteDefinition> combinations = new ConcurrentHashMap<>();
  private final ClassValue<Known> known = new ClassValue<>() {
    @Override
    protected Known computeValue(Class<?> type) {
      return new Known();
    }
  };

  public ClassEncoders(ParentSpaces spaces, AllowList allowed) {
    this.spaces = spaces;
    this.allowed = allowed;
  }

  /**
   * Returns the definition that a message needs; null if there are too many different combinations.
   *
   * @param first the first encoder that the message uses; null if it uses none
   * @param used all of them, in the order of their first use; null if there is at most one
   */
  @Nullable
  public SiteDefinition of(@Nullable ClassEncoder first, @Nullable List<ClassEncoder> used) {
    if (first == null) {
      return SERIALIZED;
    }
    return used == null ? first.alone() : combined(used);
  }

  private @Nullable SiteDefinition combined(List<ClassEncoder> used) {
    List<Integer> key = used.stream().map(ClassEncoder::id).toList(); // an encoder would keep the class loader
    SiteDefinition known = combinations.get(key);
    if (known != null || combinations.size() >= MOST_COMBINATIONS) {
      return known;
    }
    return combinations.computeIfAbsent(
        key, _ -> new SiteDefinition(ids.getAndIncrement(), ClassEncoder.definition(used)));
  }

  /** Returns the encoder of an object's class; null if the object must be serialized. */
  @Nullable
  public ClassEncoder of(Object value) throws ShellClassException {
    Known type = known.get(value.getClass());
    if (!type.seen) {
      see(value, type);
    }
    if (type.shell) {
      throw new ShellClassException();
    }
    return type.site;
  }

  private void see(Object value, Known type) {
    synchronized (type) {
      if (!type.seen) {
        Class<?> c = value.getClass();
        type.shell = spaces.spaceOf(c) == null;
        if (!type.shell) {
          type.site = c.isRecord()
              ? record(c)
              : value instanceof Serializable && c.isHidden() && c.isSynthetic() ? lambda(value, c) : null;
        }
        if (type.site instanceof ClassEncoder.OfLambda || value instanceof Callable || value instanceof Runnable) {
          allowed.learn(c);
        }
        type.seen = true;
      }
    }
  }

  private @Nullable ClassEncoder lambda(Object value, Class<?> c) {
    MethodHandle writeReplace;
    SerializedLambda sample;
    try {
      Method method = c.getDeclaredMethod("writeReplace");
      method.setAccessible(true);
      writeReplace = LOOKUP.unreflect(method).asType(READ);
      if (!((Object) writeReplace.invokeExact(value) instanceof SerializedLambda lambda)) {
        return null;
      }
      sample = lambda;
    } catch (Throwable e) {
      return null; // not open to this module, or not a lambda: JDK serialization handles or refuses it
    }
    return new ClassEncoder.OfLambda(ids.getAndIncrement(), writeReplace, sample, space(c), c.getClassLoader());
  }

  private @Nullable ClassEncoder record(Class<?> c) {
    if (has(c, "writeReplace") || has(c, "readResolve")) {
      return null;
    }
    if (ProcessBound.of(c) != null) {
      return null; // refused by the serialization
    }
    try {
      return new ClassEncoder.OfRecord(ids.getAndIncrement(), RecordShape.of(c).getters(), space(c), c);
    } catch (CodecException e) {
      return null; // not open to this module: JDK serialization handles or refuses it
    }
  }

  /**
   * Looks for one method, where reflection would load the types of all methods, one of which may be of a library that is not
   * there.
   */
  private static boolean has(Class<?> c, String hook) {
    try {
      MethodHandle _ = PrivateLookup.in(c).findVirtual(c, hook, MethodType.methodType(Object.class));
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    } catch (IllegalAccessException e) {
      return true; // not open to this module: JDK serialization handles or refuses it
    }
  }

  private String space(Class<?> c) {
    String space = spaces.spaceOf(c);
    return space == null ? ClassSpaces.HOME : space;
  }
}
