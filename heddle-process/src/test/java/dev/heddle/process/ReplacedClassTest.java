package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That workers never run other code than was submitted, though a class file is replaced while the program runs. */
@Bounded(seconds = 120)
class ReplacedClassTest {
  @SuppressWarnings("InlineFormatString") // it is long
  private static final String PROGRAM = """
      import dev.heddle.process.*;
      import java.nio.file.*;
      public class Shop {
        record Order(int number) {}
        public static void main(String[] args) throws Exception {
          if (args.length == 1) {
            Thread.sleep(3_000); // a file that is as old as the program is not taken for a later one
            replace(args[0]);
          }
          try (var pool = ProcessPool.of(1)) {
            %s
            for (int round = 0; round < 2; round++) {
              try {
                System.out.println("charge: " + pool.submit(() -> "charged the customer").result());
              } catch (RuntimeException e) {
                System.out.println("charge: " + e.getCause());
              }
              if (round == 0 && args.length == 2) {
                replace(args[1]);
                pool.submit(() -> Runtime.getRuntime().halt(1)).exception();
              }
            }
          }
        }
        private static void replace(String rebuilt) throws Exception {
          Path running = Path.of(Shop.class.getProtectionDomain().getCodeSource().getLocation().toURI());
          Files.copy(Path.of(rebuilt, "Shop.class"), running.resolve("Shop.class"), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      """;

  @TempDir
  private Path folder;

  private Path compile(String name, String extra) throws Exception {
    Path out = Files.createDirectories(folder.resolve(name));
    Path source = Files.writeString(Files.createDirectories(folder.resolve(name + "-source")).resolve("Shop.java"),
        PROGRAM.formatted(extra));
    int code = ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-cp", System.getProperty("java.class.path"), "-d", out.toString(), source.toString());
    assertThat(code).isZero();
    return out;
  }

  /** Task classes, captures and results, of which another version does something else. */
  private static final String GOODS = """
      import java.io.Serializable;
      import java.util.concurrent.Callable;
      public class Goods implements Serializable {
        private static final long serialVersionUID = 1;
        int price = 1;
        String text() { return "TEXT"; }
        public String toString() { return "a result with " + text(); }
        static class Job implements Callable<String>, Serializable {
          private static final long serialVersionUID = 1;
          public String call() { return "TEXT"; }
        }
      }
      """;
  private static final String STORE = """
      import dev.heddle.futures.*;
      import dev.heddle.process.*;
      import java.nio.file.*;
      import java.util.List;
      public class Store {
        public static void main(String[] args) throws Exception {
          if (args[0].equals("first")) {
            Thread.sleep(3_000); // a file that is as old as the program is not taken for a later one
            replace(args[1]);
          }
          try (var pool = ProcessPool.of(1)) {
            Goods goods = new Goods();
            for (int round = 0; round < 2; round++) {
              print("named", pool.submit(new Goods.Job()));
              print("captured", pool.submit(() -> goods.text()));
              print("in a list", pool.submit(() -> List.of(goods).getFirst().text()));
              print("result", pool.submit(() -> new Goods()));
              if (round == 0 && args[0].equals("between")) {
                replace(args[1]);
                pool.submit(() -> Runtime.getRuntime().halt(1)).exception();
              }
            }
          }
        }
        private static void print(String what, Future<?> future) {
          Throwable failure = future.exception();
          System.out.println(what + ": " + (failure == null ? future.result() : failure.getClass().getSimpleName() + " " + failure.getMessage()));
        }
        private static void replace(String rebuilt) throws Exception {
          Path running = Path.of(Store.class.getProtectionDomain().getCodeSource().getLocation().toURI());
          for (String each : List.of("Goods.class", "Goods$Job.class")) { // with the old times, as rsync and archives keep them
            var time = Files.getLastModifiedTime(running.resolve(each));
            Files.copy(Path.of(rebuilt, each), running.resolve(each), StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(running.resolve(each), time);
          }
        }
      }
      """;

  private Path compileStore(String name, String text) throws Exception {
    Path out = Files.createDirectories(folder.resolve(name));
    Path sources = Files.createDirectories(folder.resolve(name + "-source"));
    Files.writeString(sources.resolve("Goods.java"), GOODS.replace("TEXT", text));
    Files.writeString(sources.resolve("Store.java"), STORE);
    int code = ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-cp", System.getProperty("java.class.path"), "-d", out.toString(),
            sources.resolve("Goods.java").toString(), sources.resolve("Store.java").toString());
    assertThat(code).isZero();
    return out;
  }

  @Test
  void classOfATaskACaptureOrAResult_replacedBetweenTwoWorkers_isAnError() throws Exception {
    String told = run("Store", compileStore("running", "old"), "between", compileStore("rebuilt", "new").toString());
    List<String> lines = told.lines().toList();
    assertThat(lines).as(told).hasSize(8)
        .startsWith("named: old", "captured: old", "in a list: old", "result: a result with old");
    assertThat(lines.subList(4, 8)).allSatisfy(
        each -> assertThat(each).contains(": ChangedClassException the class file of Goods", "restart the program"));
  }

  /** The program has loaded a class before the pool sees it, and the new file has the time of the old one. */
  @Test
  void classOfACapture_replacedBeforeTheFirstTask_isAnErrorThoughItsTimeIsOld() throws Exception {
    String told = run("Store", compileStore("running", "old"), "first", compileStore("rebuilt", "new").toString());
    assertThat(told).contains("named: ", "ChangedClassException").doesNotContain("new");
  }

  /** A program in a jar to which something happens before the first task. */
  private static final String TILL = """
      import dev.heddle.process.*;
      import java.nio.file.*;
      import java.nio.file.attribute.PosixFilePermissions;
      public class Till {
        public static void main(String[] args) throws Exception {
          Thread.sleep(3_000); // a file that is as old as the program is not taken for a later one
          Path jar = Path.of(Till.class.getProtectionDomain().getCodeSource().getLocation().toURI());
          switch (args[0]) {
            case "link" -> Files.createLink(jar.resolveSibling("link.jar"), jar);
            case "permissions" -> Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-r--"));
            default -> {
              Files.setLastModifiedTime(Path.of(args[0]), Files.getLastModifiedTime(jar));
              Files.move(Path.of(args[0]), jar, StandardCopyOption.REPLACE_EXISTING);
            }
          }
          try (var pool = ProcessPool.of(1)) {
            System.out.println("till: " + pool.submit(() -> "TEXT").result());
          } catch (RuntimeException e) {
            System.out.println("till: " + e.getCause());
          }
        }
      }
      """;

  private Path compileTill(String name, String text) throws Exception {
    Path out = Files.createDirectories(folder.resolve(name));
    Path source = Files.writeString(Files.createDirectories(folder.resolve(name + "-source")).resolve("Till.java"),
        TILL.replace("TEXT", text));
    int code = ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-cp", System.getProperty("java.class.path"), "-d", out.toString(), source.toString());
    assertThat(code).isZero();
    Path jar = folder.resolve(name + ".jar");
    int packed = java.util.spi.ToolProvider.findFirst("jar").orElseThrow()
        .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", out.toString(), ".");
    assertThat(packed).isZero();
    return jar;
  }

  @ParameterizedTest
  @ValueSource(strings = {"link", "permissions"})
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void jar_thatIsLinkedOrGetsOtherPermissions_isAnErrorThatSaysSo_forItCannotBeToldFromAnotherJar(String what)
      throws Exception {
    assertThat(run("Till", compileTill("running", "old"), what)).contains("ChangedClassException",
        "its permissions or links alone",
        "restart the program");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC}) // elsewhere a jar that is open cannot be replaced
  void jar_replacedByAnotherWithTheOldTime_isAnError() throws Exception {
    Path rebuilt = compileTill("rebuilt", "new");
    assertThat(run("Till", compileTill("running", "old"), rebuilt.toString()))
        .contains("ChangedClassException", "class file of Till")
        .doesNotContain("new");
  }

  private static String run(Path running, String... args) throws Exception {
    return run("Shop", running, args);
  }

  private static String run(String main, Path running, String... args) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(
        ProcessHandle.current().info().command().orElseThrow(), "-cp",
        running + File.pathSeparator + System.getProperty("java.class.path"), main);
    builder.command().addAll(List.of(args));
    Process program = builder.redirectErrorStream(true).start();
    try (var lines = program.inputReader()) {
      return String.join("\n", lines.readAllLines());
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void classFile_replacedBetweenTwoWorkers_isAnErrorAndRunsNothing() throws Exception {
    Path running = compile("running", "");
    Path rebuilt = compile("rebuilt", "if (args.length > 5) pool.submit(() -> \"deleted the database\").result();");
    assertThat(run(running, "between", rebuilt.toString()))
        .containsSubsequence("charge: charged the customer", "charge: dev.heddle.process.ChangedClassException")
        .contains("class file of Shop", "restart the program")
        .doesNotContain("deleted");
  }

  @Test
  void classFile_replacedBeforeTheFirstTask_isAnErrorAndRunsNothing() throws Exception {
    Path running = compile("running", "Thread.sleep(0);");
    Path rebuilt = compile("rebuilt", "if (args.length > 5) pool.submit(() -> \"deleted the database\").result();");
    assertThat(run(running, rebuilt.toString()))
        .contains("ChangedClassException", "class file of Shop", "restart the program")
        .doesNotContain("charged", "deleted");
  }

  @Test
  void classFile_untouched_isNoError() throws Exception {
    assertThat(run(compile("running", ""))).contains("charge: charged the customer").doesNotContain("Exception");
  }
}
