package launch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** Runs shop.App by a class loader such as application servers, plug-in systems and build tools have. */
public final class Launch {

  /** Finds its own classes and resources first, as web applications do. */
  private static class ChildFirst extends URLClassLoader {
    ChildFirst(URL[] urls) {
      super(urls, Launch.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null) {
          return known;
        }
        try {
          return name.startsWith("java.") ? super.loadClass(name, resolve) : findClass(name);
        } catch (ClassNotFoundException e) {
          return super.loadClass(name, resolve);
        }
      }
    }

    @Override
    public URL getResource(String name) {
      URL own = findResource(name);
      return own != null ? own : super.getResource(name);
    }
  }

  /** Has classes and resources of its own, but names no places for them. */
  private static class Opaque extends ClassLoader {
    private final URLClassLoader files;
    private final boolean generous;

    Opaque(URL[] urls, boolean generous) {
      super(Launch.class.getClassLoader());
      this.files = new URLClassLoader(urls, null);
      this.generous = generous;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try (InputStream in = files.getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      return generous ? files.getResourceAsStream(name) : null;
    }
  }

  private static ClassLoader loader(String kind, URL[] urls) {
    return switch (kind) {
      case "child-first" -> new ChildFirst(urls);
      case "parent-first" -> new URLClassLoader(urls, Launch.class.getClassLoader());
      case "streams-only" -> new Opaque(urls, true);
      case "opaque" -> new Opaque(urls, false);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  public static void main(String[] args) throws Exception {
    URL[] urls = new URL[args.length - 1];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = Path.of(args[i + 1]).toUri().toURL();
    }
    ClassLoader loader = loader(args[0], urls);
    Thread.currentThread().setContextClassLoader(loader);
    loader.loadClass("shop.App").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
  }
}
