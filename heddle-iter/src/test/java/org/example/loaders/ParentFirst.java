package org.example.loaders;

/** A loader that defines the class {@code Plugin} from memory, and leaves resources to its parent. */
public final class ParentFirst extends ClassLoader {
  private final byte[] plugin;

  /** Creates a loader. */
  public ParentFirst(ClassLoader parent, byte[] plugin) {
    super(parent);
    this.plugin = plugin.clone();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.equals("Plugin")) {
      return super.loadClass(name, resolve);
    }
    Class<?> known = findLoadedClass(name);
    return known == null ? defineClass(name, plugin, 0, plugin.length) : known;
  }
}
