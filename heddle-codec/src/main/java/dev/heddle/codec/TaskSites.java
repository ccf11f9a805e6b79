package dev.heddle.codec;

import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The call sites one pool's tasks come from. Thread-safe. */
final class TaskSites {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final int MOST_COMBINATIONS = 4096;
  private static final MethodType READ = MethodType.methodType(Object.class, Object.class);

  /** The site of the tasks that are serialized as a whole. */
  static final Site SERIALIZED = new Site(0, new byte[]{0});

  /** What is known of a class once one of its objects has been seen; {@code site} is null if they are serialized. */
  private static final class Known {
    private volatile boolean seen;
    private volatile @Nullable ClassSite site;
    private volatile boolean shell;
  }

  private final ParentSpaces spaces;
  private final AllowList allowed;
  private final AtomicInteger ids = new AtomicInteger(1);
  private final Map<List<ClassSite>, Site> combinations = new ConcurrentHashMap<>();
  private final ClassValue<Known> known = new ClassValue<>() {
    @Override
    protected Known computeValue(Class<?> type) {
      return new Known();
    }
  };

  TaskSites(ParentSpaces spaces, AllowList allowed) {
    this.spaces = spaces;
    this.allowed = allowed;
  }

  /** The site for what a message uses; null if there are too many different ones. */
  @Nullable
  Site of(ValueWriter message) {
    ClassSite first = message.firstUsed();
    if (first == null) {
      return SERIALIZED;
    }
    List<ClassSite> used = message.used();
    return used == null ? first.alone() : combined(used);
  }

  private @Nullable Site combined(List<ClassSite> used) {
    Site known = combinations.get(used);
    if (known != null || combinations.size() >= MOST_COMBINATIONS) {
      return known;
    }
    return combinations.computeIfAbsent(
        List.copyOf(used), all -> new Site(ids.getAndIncrement(), ClassSite.definition(all)));
  }

  /** The site of an object's class; null if it has none and the object must be serialized. */
  @Nullable
  ClassSite of(Object value) throws ShellTask.Needed {
    Known type = known.get(value.getClass());
    if (!type.seen) {
      see(value, type);
    }
    if (type.shell) {
      throw new ShellTask.Needed();
    }
    return type.site;
  }

  private void see(Object value, Known type) {
    synchronized (type) {
      if (!type.seen) {
        Class<?> c = value.getClass();
        type.shell = spaces.spaceOf(c) == null;
        if (!type.shell && value instanceof Serializable) {
          type.site = c.isRecord() ? record(c) : c.isHidden() && c.isSynthetic() ? lambda(value, c) : null;
        }
        if (type.site instanceof ClassSite.OfLambda || value instanceof Callable || value instanceof Runnable) {
          allowed.learn(c);
        }
        type.seen = true;
      }
    }
  }

  private @Nullable ClassSite lambda(Object value, Class<?> c) {
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
      return null; // not opened to this module, or no lambda: serialization knows what to do, or says what is wrong
    }
    return new ClassSite.OfLambda(ids.getAndIncrement(), writeReplace, sample, space(c));
  }

  private @Nullable ClassSite record(Class<?> c) {
    for (Method each : c.getDeclaredMethods()) {
      if (each.getParameterCount() == 0 && (each.getName().equals("writeReplace") || each.getName().equals("readResolve"))) {
        return null;
      }
    }
    RecordComponent[] components = c.getRecordComponents();
    MethodHandle[] fields = new MethodHandle[components.length];
    try {
      for (int i = 0; i < fields.length; i++) {
        Field field = c.getDeclaredField(components[i].getName());
        field.setAccessible(true);
        fields[i] = LOOKUP.unreflectGetter(field).asType(READ);
      }
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return null;
    }
    return new ClassSite.OfRecord(ids.getAndIncrement(), fields, space(c), c.getName());
  }

  private String space(Class<?> c) {
    String space = spaces.spaceOf(c);
    return space == null ? ClassSpaces.HOME : space;
  }
}
