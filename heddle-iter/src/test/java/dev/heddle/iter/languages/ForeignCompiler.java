package dev.heddle.iter.languages;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.jspecify.annotations.Nullable;

/** Compiles source files by the compilers of other languages, or by ecj, and loads the classes from memory. */
public final class ForeignCompiler {
  private static final String GROOVY = "org.codehaus.groovy.tools.FileSystemCompiler";
  private static final String SCALA = "dotty.tools.dotc.Main";

  private ForeignCompiler() {}

  /** Loads classes from memory, and answers for their class files. */
  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;

    Loader(Map<String, byte[]> classes) {
      super(ForeignCompiler.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name.replace('.', '/') + ".class");
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      byte[] bytes = classes.get(name);
      return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
  }

  /** Returns a loader of the classes of a Kotlin file. */
  public static ClassLoader kotlin(Path folder, String source, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("Bodies.kt"), source);
    Path out = Files.createDirectory(folder.resolve("out"));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    List<String> arguments = Stream.concat(
        Stream.of(
            file.toString(), "-d", out.toString(), "-classpath", classPath(), "-no-stdlib", "-no-reflect", "-nowarn",
            "-jdk-home", System.getProperty("java.home"), "-jvm-target", "25"),
        Stream.of(options)).toList();
    var code = new K2JVMCompiler().exec(
        new PrintStream(said, true, StandardCharsets.UTF_8), arguments.toArray(String[]::new));
    if (code.getCode() != 0) {
      throw new IllegalStateException(said.toString(StandardCharsets.UTF_8));
    }
    return load(out);
  }

  /** Returns a loader of the classes of a Java file, by the compiler of Eclipse, whose version here knows Java 24. */
  public static ClassLoader ecj(Path folder, String name, String source) throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    Path out = Files.createDirectory(folder.resolve("out"));
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    String[] arguments = {
        "--release", "24", "-g", "-nowarn", "-proc:none", "-d", out.toString(), "-classpath", classPath(), file.toString()};
    if (!BatchCompiler.compile(arguments, writer, writer, null)) {
      throw new IllegalStateException(said.toString());
    }
    return load(out);
  }

  /** Returns a loader of the classes of a Groovy file, by a compiler that only the profile {@code compilers} has. */
  public static ClassLoader groovy(Path folder, String source) throws IOException, ReflectiveOperationException {
    Path file = Files.writeString(folder.resolve("Bodies.groovy"), source);
    Path out = Files.createDirectory(folder.resolve("out"));
    Class.forName(GROOVY).getMethod("commandLineCompile", String[].class)
        .invoke(null, (Object) new String[]{"-cp", classPath(), "-d", out.toString(), file.toString()});
    return load(out);
  }

  /** Returns a loader of the classes of a Scala file, by a compiler that only the profile {@code compilers} has. */
  public static ClassLoader scala(Path folder, String source) throws IOException, ReflectiveOperationException {
    Path file = Files.writeString(folder.resolve("Bodies.scala"), source);
    Path out = Files.createDirectory(folder.resolve("out"));
    Object report = Class.forName(SCALA).getMethod("process", String[].class)
        .invoke(null, (Object) new String[]{"-classpath", classPath(), "-d", out.toString(), file.toString()});
    if ((boolean) report.getClass().getMethod("hasErrors").invoke(report)) {
      throw new IllegalStateException("scalac refuses the file; its messages are in the output of this test");
    }
    return load(out);
  }

  /** Whether this test runs in the profile {@code compilers}. */
  public static boolean hasGroovyAndScala() {
    ClassLoader loader = ForeignCompiler.class.getClassLoader();
    return loader.getResource(GROOVY.replace('.', '/') + ".class") != null
        && loader.getResource(SCALA.replace('.', '/') + ".class") != null;
  }

  /** The class path of this test, with the modules that surefire puts on the module path. */
  private static String classPath() {
    return Stream.of("java.class.path", "jdk.module.path")
        .map(System::getProperty)
        .filter(path -> path != null && !path.isEmpty())
        .reduce((a, b) -> a + File.pathSeparator + b)
        .orElseThrow();
  }

  private static ClassLoader load(Path out) throws IOException {
    Map<String, byte[]> classes = new HashMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path each : files.filter(file -> file.toString().endsWith(".class")).toList()) {
        classes.put(out.relativize(each).toString().replace(File.separatorChar, '/'), Files.readAllBytes(each));
      }
    }
    return new Loader(classes);
  }
}
