package dev.heddle.iter.compiler;

import dev.heddle.base.ClassPlace;
import dev.heddle.base.JvmStart;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The class file of a loaded class, as far as it can be told that it is the one that was loaded.
 *
 * <p>A class loader serves class files by name, and these need not be the bytes that it has defined: a loader may ask its
 * parent first for resources and last for classes, a file may have been rebuilt since, an agent may have changed the code on
 * its way. A machine made of other bytes would be other code than the program's. So this is checked, in the order of what it
 * costs:
 *
 * <ul>
 *   <li><b>Agent</b>: there must be no Java agent, but those that are known to leave bodies alone ({@link Agents}).
 *   <li><b>Loader</b>: one that is not of the JDK must leave it to one that is to find classes, or be known ({@link OwnLoaders}).
 *   <li><b>Source</b>: the resource's place must be that of the class's code source; else the file is read there.
 *   <li><b>Time</b>: a file or jar that was changed after the start of the virtual machine is not trusted.
 *   <li><b>Shape</b>: members, superclass and interfaces must be those that reflection shows.
 *   <li><b>Code</b>: where a method of the class is on the stack, its call must be at that place and line in the file.
 *   <li><b>Probe</b>: a class of known code, defined in the same package, must not have been changed ({@link Probe}).
 * </ul>
 *
 * <p>What is found to differ runs on the fallback engine, which runs the loaded code. Code that an agent which is trusted
 * has changed without changing the length of anything, and in this one class only, is not noticed; nor is an agent that
 * changes a class after a machine was made of it.
 */
final class ServedClass {
  /** Set to true to trust class files that are newer than the virtual machine, for programs that unpack what they load. */
  static final String TRUST_NEW_FILES = "dev.heddle.iter.trustNewClassFiles";

  private final Class<?> host;
  private final String resource;

  private ServedClass(Class<?> host) {
    this.host = host;
    this.resource = ClassPlace.resource(host);
  }

  /** Returns the class file of a class, which passes the checks of source, time, shape and code. */
  static ClassModel read(Class<?> host) throws Unsupported {
    if (host.isHidden()) {
      throw new Unsupported("its class " + host.getName() + " is hidden, so its class file cannot be found");
    }
    Agents.check(host);
    ClassModel model = new ServedClass(host).read();
    Loaded.check(host, model);
    return model;
  }

  private ClassModel read() throws Unsupported {
    try {
      byte[] bytes = bytes();
      if (bytes == null) {
        throw new Unsupported("the class file of " + host.getName() + " is not found through its class loader");
      }
      return ClassFile.of().parse(bytes);
    } catch (IOException | URISyntaxException e) {
      throw new Unsupported("the class file of " + host.getName() + " cannot be read: " + e, e);
    }
  }

  private byte @Nullable [] bytes() throws IOException, URISyntaxException, Unsupported {
    ClassLoader loader = host.getClassLoader();
    URL url = loader == null ? ClassLoader.getSystemResource(resource) : loader.getResource(resource);
    URL location = ClassPlace.location(host);
    OwnLoaders.check(host, location);
    if (url != null && location != null && isFile(location) && isElsewhere(url, location)) {
      Path place = Path.of(location.toURI());
      checkTime(place.toUri().toURL());
      return readAt(place);
    }
    if (url != null) {
      checkTime(url);
    }
    try (InputStream in = loader == null
        ? ClassLoader.getSystemResourceAsStream(resource)
        : loader.getResourceAsStream(resource)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  private static boolean isFile(URL url) {
    return url.getProtocol().equals("file");
  }

  /** Whether the resource comes from another folder or jar than the class, which comes from a folder or jar of files. */
  private boolean isElsewhere(URL url, URL location) {
    String served = url.toString();
    String place = location.toString();
    if (!served.endsWith(resource) || !(isFile(url) || served.startsWith("jar:file:"))) {
      return false; // a protocol of the loader's own: of that nothing is known
    }
    String base = served.substring(0, served.length() - resource.length());
    return !base.equals(place)
        && !base.equals(place + "/")
        && !base.equals("jar:" + place + "!/")
        && !base.startsWith("jar:" + place + "!/META-INF/versions/");
  }

  private byte @Nullable [] readAt(Path place) throws IOException {
    if (Files.isDirectory(place)) {
      Path file = place.resolve(resource);
      return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
    }
    try (JarFile jar = new JarFile(place.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
      var entry = jar.getJarEntry(resource);
      if (entry == null) {
        return null;
      }
      try (InputStream in = jar.getInputStream(entry)) {
        return in.readAllBytes();
      }
    }
  }

  /** Refuses a file that was changed after the start of this virtual machine, perhaps after the class had been loaded. */
  private void checkTime(URL url) throws Unsupported {
    Path file = ClassPlace.file(url);
    if (file == null || Boolean.getBoolean(TRUST_NEW_FILES)) {
      return;
    }
    if (Files.isDirectory(file)) {
      file = file.resolve(resource);
    }
    if (ClassPlace.changes(file).stream().anyMatch(JvmStart::isBefore)) {
      throw new Unsupported(
          "the file " + file
              + " was changed after this virtual machine was started, so it may hold other code than the loaded"
              + " class " + host.getName() + "; start the program again, or, if it unpacks its classes itself, with -D"
              + TRUST_NEW_FILES + "=true",
          Unsupported.Kind.NEW_CLASS_FILE);
    }
  }
}
