package dev.heddle.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.codec.apps.Jobs;
import dev.heddle.codec.apps.Shapes;
import dev.heddle.codec.loader.ParentSpaces;
import dev.heddle.testkit.Bounded;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Class loaders of plug-ins are collected, in the parent and in the worker, once nothing of them is in use. */
@Bounded(seconds = 120)
class LoadersTest {
  private final Ends ends = new Ends();

  /** Defines the classes of {@code apps} again, as a plug-in's loader does. */
  private static final class Plugin extends ClassLoader {
    Plugin() {
      super("plug-in", LoadersTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(Jobs.class.getPackageName())) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null) {
          return known;
        }
        try {
          byte[] bytes = requireNonNull(ParentSpaces.classFile(name, getParent()));
          return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    }
  }

  private static Object task(Class<?> holder, String method, Object... arguments) throws Exception {
    for (var each : holder.getMethods()) {
      if (each.getName().equals(method)) {
        return requireNonNull(each.invoke(null, arguments));
      }
    }
    throw new AssertionError(method);
  }

  /** Uses a plug-in in every way, and drops it. */
  private List<WeakReference<?>> use() throws Exception {
    Plugin plugin = new Plugin();
    Class<?> jobs = plugin.loadClass(Jobs.class.getName());
    Class<?> shapes = plugin.loadClass(Shapes.class.getName());
    Object point = task(jobs, "point");
    Object circle = task(shapes, "circle");
    Callable<?> inWorker = ends.send(task(jobs, "echo", new ArrayList<>(List.of(point, circle))));
    Object result = ends.parent.values().decode(ends.worker.values().encode(inWorker.call()));
    // Not compared with equals: that of a record makes the JDK itself keep the record's class loader.
    assertThat(((List<?>) requireNonNull(result)).getFirst().getClass() == point.getClass()).isTrue();
    assertThat(ends.run(task(jobs, "nested", 10))).isEqualTo(21);
    ClassLoader there = requireNonNull(((List<?>) requireNonNull(inWorker.call())).getFirst()).getClass().getClassLoader();
    assertThat(there == plugin).isFalse();
    return List.of(new WeakReference<>(plugin), new WeakReference<>(there));
  }

  @Test
  void plugin_dropped_isCollectedHereAndInTheWorker() throws Exception {
    List<WeakReference<?>> first = use();
    assertThat(isCollected(first.getFirst())).as("the parent's loader").isTrue();
    use(); // the worker is told with the next class that it asks for
    assertThat(isCollected(first.getLast())).as("the worker's loader").isTrue();
  }

  @Test
  void task_waiting_keepsItsClasses() throws Exception {
    EncodedTask waiting = encode();
    System.gc();
    ends.worker.define(waiting.site().id(), waiting.site().definition());
    Object result = ends.worker.decode(waiting.site().id(), waiting.payload()).call();
    byte[] bytes = ends.worker.values().encode(result);
    System.gc();
    assertThat(requireNonNull(ends.parent.values().decode(bytes))).hasToString("[Point[x=1, name=p]]");
    assertThat(waiting.toString()).startsWith("a task of site"); // used until here
  }

  private EncodedTask encode() throws Exception {
    Class<?> jobs = new Plugin().loadClass(Jobs.class.getName());
    return ends.parent.encode(task(jobs, "echo", List.of(task(jobs, "point"))));
  }

  private static boolean isCollected(WeakReference<?> reference) {
    for (int i = 0; i < 600; i++) {
      if (isGone(reference)) {
        return true;
      }
      System.gc();
      LockSupport.parkNanos(50_000_000);
    }
    return false;
  }

  private static boolean isGone(WeakReference<?> reference) {
    @Nullable
    Object object = reference.get();
    return object == null;
  }
}
