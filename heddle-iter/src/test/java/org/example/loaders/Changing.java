package org.example.loaders;

import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.security.cert.Certificate;

/** A loader that defines other bytes for the class {@code Plugin} than its place has, as one that weaves. */
public final class Changing extends URLClassLoader {
  private final byte[] plugin;
  private final boolean withSource;

  /** Creates a loader. */
  public Changing(URL[] place, ClassLoader parent, byte[] plugin, boolean withSource) {
    super(place, parent);
    this.plugin = plugin.clone();
    this.withSource = withSource;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (!name.equals("Plugin")) {
      return super.findClass(name);
    }
    CodeSource source = withSource ? new CodeSource(getURLs()[0], (Certificate[]) null) : null;
    return defineClass(name, plugin, 0, plugin.length, source);
  }
}
