package dev.heddle.codec.loader;

import dev.heddle.codec.ClassSource;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A worker's class loaders: its own, and those whose classes the parent supplies. Thread-safe. */
public final class WorkerSpaces implements ClassSpaces {
  private final ClassSource source;
  private final ClassLoader base;
  private final Map<String, ShippedLoader> spaces = new ConcurrentHashMap<>();

  /**
   * Creates the loaders.
   *
   * @param base finds the classes of the worker's own class path
   */
  public WorkerSpaces(ClassSource source, ClassLoader base) {
    this.source = source;
    this.base = base;
    spaces.put(HOME, new ShippedLoader(this, HOME, base, source));
  }

  /** Returns the loader of a space, which is created if it does not exist. */
  public ShippedLoader loader(String space) {
    ShippedLoader known = spaces.get(space);
    if (known != null) {
      return known;
    }
    return spaces.computeIfAbsent(space, name -> new ShippedLoader(this, name, base, source));
  }

  /** Keeps an object, which refers to classes of a space, for as long as the space. */
  public void keep(String space, Object object) {
    loader(space).keep(object);
  }

  /** Forgets the spaces of loaders that the parent no longer has; their classes are collected once no object is left. */
  void forget(BitSet gone) {
    if (!gone.isEmpty()) {
      spaces.keySet().removeIf(space -> gone.get(SpaceNames.loaderOf(space)));
    }
  }

  @Override
  public String spaceOf(Class<?> type) {
    return type.getClassLoader() instanceof ShippedLoader shipped && shipped.isOf(this) ? shipped.space() : HOME;
  }

  /** The digest of what the parent has sent is that of the bytes at hand; other class files are read. */
  @Override
  public long digestOf(Class<?> type) {
    if (type.getClassLoader() instanceof ShippedLoader shipped && shipped.isOf(this)) {
      return shipped.digestOf(type.getName());
    }
    return ClassDigest.ofFile(type);
  }

  @Override
  public Class<?> load(String space, String name) throws ClassNotFoundException {
    return Class.forName(name, false, loader(space));
  }
}
