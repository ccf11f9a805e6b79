package dev.heddle.codec.loader;

import dev.heddle.codec.ClassSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A worker's stand-in for a class loader of the parent. It defines the classes of one space; it requests each from the
 * parent when it is first needed, with its code source and its package's version, and resources likewise. Thread-safe;
 * blocks until the parent has answered.
 *
 * <p>The stand-in for the class path's loader asks the parent only for classes that the worker's own class path lacks. Any
 * other one asks the parent first, since a loader may have other classes than the class path has under the same names. All
 * of them ask the parent for resources, since their order is that of the program; only if the parent cannot be asked are the
 * worker's own found.
 */
public final class ShippedLoader extends ClassLoader {
  private final WorkerSpaces owner;
  private final String space;
  private final ClassLoader base;
  private final ClassSource source;
  private final Queue<Object> kept = new ConcurrentLinkedQueue<>();
  private final Map<String, Long> digests = new ConcurrentHashMap<>(); // of the classes it has defined
  private final Map<String, ProtectionDomain> domains = new ConcurrentHashMap<>();

  static {
    registerAsParallelCapable();
  }

  ShippedLoader(WorkerSpaces owner, String space, ClassLoader base, ClassSource source) {
    super(base); // without a name, which would be printed in every line of a stack trace
    this.owner = owner;
    this.space = space;
    this.base = base;
    this.source = source;
  }

  @Override
  public String toString() {
    return "the parent's classes" + (space.isEmpty() ? "" : " of " + space);
  }

  boolean isOf(WorkerSpaces spaces) {
    return owner == spaces;
  }

  /** Returns the digest of what the parent has sent for a class. */
  long digestOf(String name) {
    return digests.getOrDefault(name, ClassDigest.NONE);
  }

  String space() {
    return space;
  }

  void keep(Object object) {
    kept.add(object);
  }

  // ---- classes ----

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (space.isEmpty() || name.startsWith("java.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] message;
    try {
      message = source.answer(space.isEmpty() ? name : space + ParentSpaces.SEPARATOR + name);
    } catch (IOException e) {
      throw new ClassNotFoundException(name + " (the worker lacks it, and asking the parent failed: " + e + ")", e);
    }
    if (message == null) {
      throw new ClassNotFoundException(
          name + " (neither the worker's class path nor the parent has its class file; add it to the class path)");
    }
    ClassAnswer answer = ClassAnswer.read(message);
    owner.forget(answer.gone());
    if (!answer.problem().isEmpty()) {
      throw new ClassNotFoundException(name + " (the worker lacks it, and " + answer.problem() + ")");
    }
    if (answer.bytes().length == 0) {
      return owner.loader(answer.space()).loadClass(name);
    }
    return owner.loader(answer.space()).define(name, answer);
  }

  private Class<?> define(String name, ClassAnswer answer) {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      int dot = name.lastIndexOf('.');
      if (dot > 0) {
        definePackage(name.substring(0, dot), answer.manifest().values());
      }
      byte[] bytes = answer.bytes();
      digests.put(name, ClassDigest.of(bytes));
      return defineClass(name, bytes, 0, bytes.length, answer.location().isEmpty() ? null : domain(answer.location()));
    }
  }

  private void definePackage(String name, @Nullable String[] version) {
    if (getDefinedPackage(name) == null) {
      try {
        definePackage(name, version[0], version[1], version[2], version[3], version[4], version[5], null);
      } catch (IllegalArgumentException e) {
        // another thread has defined it just now
      }
    }
  }

  private @Nullable ProtectionDomain domain(String location) {
    return domains.computeIfAbsent(location, text -> {
      URL url;
      try {
        url = ParentUrls.ofCode(text);
      } catch (MalformedURLException e) {
        url = null; // a protocol without a name: it was no URL in the parent, either
      }
      return new ProtectionDomain(new CodeSource(url, (Certificate[]) null), null, this, null);
    });
  }

  // ---- resources ----

  private byte @Nullable [] ask(ResourceRequest.Kind kind, String name, String url) throws IOException {
    return source.answer(new ResourceRequest(kind, space, name, url).text());
  }

  private URL url(String text, String name) throws MalformedURLException {
    return ParentUrls.of(text, name, (which, url) -> {
      byte[] answer = ask(ResourceRequest.Kind.CONTENT, which, url);
      return answer == null ? null : ResourceAnswer.content(answer);
    });
  }

  @Override
  public @Nullable URL getResource(String name) {
    byte[] answer;
    try {
      answer = ask(ResourceRequest.Kind.FIRST, name, "");
    } catch (IOException e) {
      return base.getResource(name);
    }
    try {
      return answer == null ? null : url(ResourceAnswer.urls(answer).getFirst(), name);
    } catch (IOException e) { // an exception of the class loader in the program, or an address that this JVM cannot express
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    byte[] answer = ask(ResourceRequest.Kind.ALL, name, "");
    if (answer == null) {
      throw new IOException("the program cannot say which resources '" + name + "' there are");
    }
    List<URL> all = new ArrayList<>();
    for (String each : ResourceAnswer.urls(answer)) {
      all.add(url(each, name));
    }
    return Collections.enumeration(all);
  }

  /** Finds class files too: generators are compiled from them, and a pool inside a worker sends them on. */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] answer;
    try {
      answer = ask(ResourceRequest.Kind.STREAM, name, "");
    } catch (IOException e) {
      return base.getResourceAsStream(name);
    }
    try {
      return answer == null ? null : ResourceAnswer.content(answer);
    } catch (IOException e) {
      return openedHere(name, e);
    }
  }

  /** Opens a resource that the parent could not send, which may be too large, if this JVM can open it. */
  private InputStream openedHere(String name, IOException problem) {
    try {
      URL url = getResource(name);
      return url != null && ParentUrls.isKnown(url.toString()) ? url.openStream() : new FailedStream(problem);
    } catch (IOException | IllegalStateException e) {
      problem.addSuppressed(e);
      return new FailedStream(problem);
    }
  }
}
