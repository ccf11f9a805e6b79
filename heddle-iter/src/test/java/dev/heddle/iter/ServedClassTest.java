package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.base.Check;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The code of the loaded class is pulled, whatever bytes its class loader serves for the name. */
@Timeout(240)
class ServedClassTest {
  @TempDir
  @Nullable
  Path directory;

  private Path directory(String name) throws IOException {
    if (directory == null) {
      throw new IllegalStateException("JUnit fills in the directory");
    }
    return Files.createDirectories(directory.resolve(name));
  }

  private static String plugin(String version) {
    return """
        import dev.heddle.iter.*;
        public class Plugin implements java.util.function.Supplier<Object> {
          public Object get() {
            return (GeneratorBody<String>) y -> { y.yield("%s a"); y.yield("%s b"); };
          }
        }
        """.formatted(version, version);
  }

  private static String heddle() {
    return AgentJvm.location(Generator.class) + File.pathSeparator + AgentJvm.location(Check.class);
  }

  /** Compiles a class into a folder of its own. */
  private Path compiled(String folder, String className, String source) throws IOException {
    Path target = directory(folder);
    Path file = target.resolve(className + ".java");
    Files.writeString(file, source);
    int status = ToolProvider.findFirst("javac").orElseThrow()
        .run(System.out, System.err, "-proc:none", "-cp", heddle(), "-d", target.toString(), file.toString());
    assertThat(status).isZero();
    return target;
  }

  @SuppressWarnings("unchecked")
  private static GeneratorBody<String> body(Class<?> plugin) throws ReflectiveOperationException {
    return (GeneratorBody<String>) ((Supplier<Object>) plugin.getDeclaredConstructor().newInstance()).get();
  }

  private static void assertGives(GeneratorBody<String> body, String version) {
    List<String> pulled = new ArrayList<>();
    Generator.of(body).iterator().forEachRemaining(pulled::add);
    assertThat(pulled).containsExactly(version + " a", version + " b");
    assertThat(Generator.of(body).toList()).isEqualTo(pulled);
  }

  /** A loader that defines the plugin itself, and asks its parent first for resources. */
  private static final class ChildFirst extends URLClassLoader {
    ChildFirst(Path place, ClassLoader parent) throws IOException {
      super(new URL[]{place.toUri().toURL()}, parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null) {
          return known;
        }
        return name.equals("Plugin") ? findClass(name) : super.loadClass(name, resolve);
      }
    }
  }

  @Test
  void childFirstLoader_runsItsOwnVersion() throws Exception {
    Path parents = compiled("v1", "Plugin", plugin("v1"));
    Path own = compiled("v2", "Plugin", plugin("v2"));
    ClassLoader test = ServedClassTest.class.getClassLoader();
    try (URLClassLoader parent = new URLClassLoader(new URL[]{parents.toUri().toURL()}, test);
        ChildFirst loader = new ChildFirst(own, parent)) {
      System.setProperty("dev.heddle.iter.trustNewClassFiles", "true"); // the test has just compiled them
      try {
        GeneratorBody<String> body = body(loader.loadClass("Plugin"));
        assertGives(body, "v2");
        assertThat(Generator.engineOf(body).kind()).isEqualTo(GeneratorEngine.Kind.COMPILED);
      } finally {
        System.clearProperty("dev.heddle.iter.trustNewClassFiles");
      }
    }
  }

  /** Loaders that define other bytes than they serve, in the ways that are not seen from outside. */
  @Test
  void loaderThatMakesItsClassesItself_runsItsOwnVersion() throws Exception {
    Path place = compiled("v1", "Plugin", plugin("v1"));
    byte[] other = Files.readAllBytes(compiled("v2", "Plugin", plugin("v2")).resolve("Plugin.class"));
    URL[] urls = {place.toUri().toURL()};
    ClassLoader test = ServedClassTest.class.getClassLoader();
    System.setProperty("dev.heddle.iter.trustNewClassFiles", "true"); // the test has just compiled them
    try (URLClassLoader parent = new URLClassLoader(urls, test);
        URLClassLoader changing = new org.example.loaders.Changing(urls, test, other, true);
        URLClassLoader withoutSource = new org.example.loaders.Changing(urls, test, other, false)) {
      for (ClassLoader loader : List.of(changing, withoutSource, new org.example.loaders.ParentFirst(parent, other))) {
        GeneratorBody<String> body = body(loader.loadClass("Plugin"));
        assertGives(body, "v2");
        assertThat(Generator.engineOf(body).reason()).contains("makes its classes itself",
            "trustLoaders=org.example.loaders.");
      }
      System.setProperty("dev.heddle.iter.trustLoaders", "com.acme.Loader, org.example.loaders.");
      try (URLClassLoader trusted = new org.example.loaders.Changing(urls, test,
          Files.readAllBytes(place.resolve("Plugin.class")), true)) {
        assertThat(Generator.engineOf(body(trusted.loadClass("Plugin"))).kind()).isEqualTo(GeneratorEngine.Kind.COMPILED);
      }
    } finally {
      System.clearProperty("dev.heddle.iter.trustLoaders");
      System.clearProperty("dev.heddle.iter.trustNewClassFiles");
    }
  }

  @Test
  void classFile_rebuiltWhileTheProgramRuns_isNotUsed() throws Exception {
    Path live = compiled("live", "Plugin", plugin("old"));
    try (URLClassLoader loader = new URLClassLoader(
        new URL[]{live.toUri().toURL()}, ServedClassTest.class.getClassLoader())) {
      GeneratorBody<String> body = body(loader.loadClass("Plugin"));
      Path rebuilt = compiled("new", "Plugin", plugin("NEW")).resolve("Plugin.class");
      Files.copy(rebuilt, live.resolve("Plugin.class"), StandardCopyOption.REPLACE_EXISTING);
      assertGives(body, "old");
      assertThat(Generator.engineOf(body).reason()).contains("changed after this virtual machine was started");
    }
  }

  /** A loader to which only the API is visible, as one that imports packages by name. */
  private static final class Importing extends ClassLoader {
    private final Path place;

    Importing(Path place) {
      super(ServedClassTest.class.getClassLoader());
      this.place = place;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("dev.heddle.iter.spi.")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try {
        byte[] bytes = Files.readAllBytes(place.resolve(name + ".class"));
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    @Override
    public @Nullable URL getResource(String name) {
      try {
        Path file = place.resolve(name);
        return Files.exists(file) ? file.toUri().toURL() : super.getResource(name);
      } catch (IOException e) {
        return null;
      }
    }
  }

  @Test
  void loader_thatDoesNotSeeTheSpi_fallsBack() throws Exception {
    Path place = compiled("bundle", "Plugin", plugin("v"));
    GeneratorBody<String> body = body(new Importing(place).loadClass("Plugin"));
    assertGives(body, "v");
    assertThat(Generator.engineOf(body).toString()).startsWith("VIRTUAL_THREAD").contains("dev.heddle.iter.spi");
  }

  // Agents: in a virtual machine of their own.

  private static final String MAIN = """
      import dev.heddle.iter.*;
      import java.util.*;
      public class Main {
        static GeneratorBody<String> body(String text) {
          return y -> {
            for (int i = 0; i < 2; i++) {
              y.yield(text + i);
            }
          };
        }
        public static void main(String[] args) {
          GeneratorBody<String> body = body("x");
          List<String> pulled = new ArrayList<>();
          for (String each : Generator.of(body)) {
            pulled.add(each);
          }
          System.out.println(pulled + " " + Generator.of(body).toList());
          System.out.println(Generator.engineOf(body));
        }
      }
      """;

  private String run(@Nullable String kind, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    if (kind != null) {
      all.add(AgentJvm.weaver(directory("jar"), kind));
    }
    return AgentJvm.run(directory("output"), all, compiled("main", "Main", MAIN) + File.pathSeparator + heddle(), "Main");
  }

  @Test
  void program_withoutAnAgent_isCompiled() throws Exception {
    assertThat(run(null)).contains("[x0, x1] [x0, x1]").contains("COMPILED");
  }

  @Test
  void agent_thatChangesOnlyLambdas_isToldAndItsCodeRuns() throws Exception {
    assertThat(run("lambda")).contains("[x0, x1, x2] [x0, x1, x2]").contains("VIRTUAL_THREAD")
        .contains("a Java agent (agent.jar) may have changed the code of Main", AgentJvm.TRUSTED);
  }

  @Test
  void agent_thatAddsMembers_makesTheBodyFallBack() throws Exception {
    assertThat(run("member", AgentJvm.TRUSTED)).contains("[x0, x1] [x0, x1]").contains("VIRTUAL_THREAD").contains("woven");
  }

  @Test
  void agent_thatAddsCode_makesTheBodyFallBack() throws Exception {
    assertThat(run("code", AgentJvm.TRUSTED)).contains("[x0, x1] [x0, x1]").contains("VIRTUAL_THREAD").contains("agent");
  }
}
