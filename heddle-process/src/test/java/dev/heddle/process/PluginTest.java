package dev.heddle.process;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.TaskCallable;
import dev.heddle.testkit.Bounded;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Plug-ins whose tasks run in workers can be unloaded: here while the pool is open and after it was closed, and in the worker. */
@Bounded(seconds = 120)
class PluginTest {

  /** A task of a plug-in. Each plug-in has this class by itself. */
  public static final class Work {
    record Made(String text) {}

    private Work() {}

    public static TaskCallable<Object> task(String text) {
      return () -> {
        Loaders.note(Work.class.getClassLoader());
        return new Made(text);
      };
    }
  }

  /** Of the program itself: remembers in a worker which loaders its tasks had. */
  public static final class Loaders {
    private static final List<WeakReference<ClassLoader>> NOTED = new CopyOnWriteArrayList<>();

    private Loaders() {}

    public static void note(ClassLoader loader) {
      NOTED.add(new WeakReference<>(loader));
    }

    static boolean firstIsCollected() {
      return isCollected(NOTED.getFirst());
    }
  }

  private static final class Plugin extends ClassLoader {
    Plugin() {
      super("plug-in", PluginTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(Work.class.getName())) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null) {
          return known;
        }
        try (InputStream in = requireNonNull(getResourceAsStream(name.replace('.', '/') + ".class"))) {
          byte[] bytes = in.readAllBytes();
          return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    }
  }

  /** Runs a task of a new plug-in and drops both. */
  private static WeakReference<ClassLoader> use(ProcessExecutor pool) throws Exception {
    Plugin plugin = new Plugin();
    Class<?> work = plugin.loadClass(Work.class.getName());
    @SuppressWarnings("unchecked")
    TaskCallable<Object> task = (TaskCallable<Object>) work.getMethod("task", String.class).invoke(null, "made");
    Object made = pool.submit(task).result();
    assertThat(made.getClass().getClassLoader() == plugin).as("the result is of the plug-in's class").isTrue();
    assertThat(made.toString()).isEqualTo("Made[text=made]");
    return new WeakReference<>(plugin);
  }

  private static boolean isCollected(WeakReference<ClassLoader> reference) {
    for (int i = 0; i < 400 && !reference.refersTo(null); i++) {
      System.gc();
      LockSupport.parkNanos(50_000_000);
    }
    return reference.refersTo(null);
  }

  @Test
  void loader_dropped_isCollectedHereAndInTheWorker_alsoAfterClose() throws Exception {
    ProcessExecutor pool = ProcessPool.of(1);
    WeakReference<ClassLoader> last;
    try (pool) {
      WeakReference<ClassLoader> first = use(pool);
      assertThat(isCollected(first)).as("while the pool is open").isTrue();
      use(pool); // the worker is told with the next class that it asks for
      TaskCallable<Boolean> there = Loaders::firstIsCollected;
      assertThat(pool.submit(there).result()).as("in the worker").isTrue();
      last = use(pool);
    }
    assertThat(isCollected(last)).as("after close").isTrue();
    assertThat(pool.isTerminated()).as("the pool, which is still referred to").isTrue();
  }
}
