package dev.heddle.iter.fuzz;

import dev.heddle.iter.Generator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles a class in memory, and loads it with a class loader that also serves its bytes. */
public final class FuzzCompiler {
  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

  /** One for each thread, since it is not thread-safe; kept, since it has read the class path and the JDK's modules. */
  private static final ThreadLocal<JavaFileManager> STANDARD_FILES = ThreadLocal
      .withInitial(() -> JAVAC.getStandardFileManager(null, null, null));

  private FuzzCompiler() {}

  /** Loads classes from memory, and answers for their class files. */
  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;

    Loader(ClassLoader parent, Map<String, byte[]> classes) {
      super(parent);
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      byte[] bytes = classes.get(name.replace(".class", "").replace('/', '.'));
      return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
  }

  private static String classPath() {
    return Stream.of(Generator.class, FuzzBase.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .map(location -> Path.of(URI.create(location.toString())).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The class with the given name, compiled from the given source, in a class loader of its own. */
  public static Class<?> compile(String name, String source) throws ClassNotFoundException {
    return load(name, classes(name, source));
  }

  /** A class in a new class loader of its own. */
  public static Class<?> load(String name, Map<String, byte[]> classes) throws ClassNotFoundException {
    return new Loader(FuzzCompiler.class.getClassLoader(), classes).loadClass(name);
  }

  /** The class files of a source with a class of the given name. */
  public static Map<String, byte[]> classes(String name, String source) {
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    Map<String, ByteArrayOutputStream> written = new HashMap<>();
    JavaFileManager files = new ForwardingJavaFileManager<JavaFileManager>(STANDARD_FILES.get()) {
      @Override
      public JavaFileObject getJavaFileForOutput(
          Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        written.put(className, bytes);
        return new SimpleJavaFileObject(URI.create("mem:///" + className.replace('.', '/') + ".class"), kind) {
          @Override
          public OutputStream openOutputStream() {
            return bytes;
          }
        };
      }
    };
    JavaFileObject unit = new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/') + ".java"),
        JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
    List<String> options = List.of("-classpath", classPath(), "-proc:none", "-g");
    if (!JAVAC.getTask(null, files, problems, options, null, List.of(unit)).call()) {
      throw new IllegalStateException(
          problems.getDiagnostics().stream().limit(5).toList() + " in " + System.lineSeparator() + source);
    }
    Map<String, byte[]> classes = new HashMap<>();
    written.forEach((className, bytes) -> classes.put(className, bytes.toByteArray()));
    return classes;
  }
}
