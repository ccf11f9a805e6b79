package dev.heddle.codec.loader;

import dev.heddle.codec.ClassSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A worker's class loaders: its own, and those whose classes the parent supplies. Thread-safe. */
public final class WorkerSpaces implements ClassSpaces {
  private static final String CLASS = ".class";

  private final ClassSource source;
  private final ClassLoader base;
  private final Map<String, Shipped> spaces = new ConcurrentHashMap<>();

  /**
   * Creates the loaders.
   *
   * @param base finds the classes of the worker's own class path
   */
  public WorkerSpaces(ClassSource source, ClassLoader base) {
    this.source = source;
    this.base = base;
    spaces.put(HOME, new Shipped(HOME, base));
  }

  /** Returns the loader of a space, which is created if it does not exist. */
  public Shipped loader(String space) {
    Shipped known = spaces.get(space);
    if (known != null) {
      return known;
    }
    return spaces.computeIfAbsent(space, name -> new Shipped(name, base));
  }

  /** Keeps an object, which refers to classes of a space, for as long as the space. */
  public void keep(String space, Object object) {
    loader(space).kept.add(object);
  }

  /** Forgets the spaces of loaders that the parent no longer has; their classes are collected once no object is left. */
  private void forget(BitSet gone) {
    if (!gone.isEmpty()) {
      spaces.keySet().removeIf(space -> gone.get(SpaceNames.loaderOf(space)));
    }
  }

  @Override
  public String spaceOf(Class<?> type) {
    return type.getClassLoader() instanceof Shipped shipped && shipped.owner() == this ? shipped.space : HOME;
  }

  @Override
  public Class<?> load(String space, String name) throws ClassNotFoundException {
    return Class.forName(name, false, loader(space));
  }

  /** Defines the classes of one space; requests each from the parent when it is first needed. */
  public final class Shipped extends ClassLoader {
    private final String space;
    private final Queue<Object> kept = new ConcurrentLinkedQueue<>();

    static {
      registerAsParallelCapable();
    }

    Shipped(String space, ClassLoader parent) {
      super(parent); // without a name, which would be printed in every line of a stack trace
      this.space = space;
    }

    @Override
    public String toString() {
      return "the parent's classes" + (space.isEmpty() ? "" : " of " + space);
    }

    private WorkerSpaces owner() {
      return WorkerSpaces.this;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] answer;
      try {
        answer = ask(name);
      } catch (IOException e) {
        throw new ClassNotFoundException(name + " (the worker lacks it, and asking the parent failed: " + e + ")", e);
      }
      if (answer == null) {
        throw new ClassNotFoundException(
            name + " (neither the worker's class path nor the parent has its class file; add it to the class path)");
      }
      ClassAnswer read = ClassAnswer.read(answer);
      forget(read.gone());
      return loader(read.space()).define(name, read.bytes());
    }

    private byte @Nullable [] ask(String name) throws IOException {
      return source.bytesOf(space.isEmpty() ? name : space + ParentSpaces.SEPARATOR + name);
    }

    /** Finds class files too: generators are compiled from them, and a pool inside a worker sends them on. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      InputStream own = super.getResourceAsStream(name);
      if (own != null || !name.endsWith(CLASS)) {
        return own;
      }
      try {
        byte[] answer = ask(name.substring(0, name.length() - CLASS.length()).replace('/', '.'));
        if (answer == null) {
          return null;
        }
        return new ByteArrayInputStream(ClassAnswer.read(answer).bytes());
      } catch (IOException e) {
        return null; // as the JDK's loaders do
      }
    }

    private Class<?> define(String name, byte[] bytes) {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known != null ? known : defineClass(name, bytes, 0, bytes.length);
      }
    }
  }
}
