package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private static String run(Path running, String... args) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(
        ProcessHandle.current().info().command().orElseThrow(), "-cp",
        running + File.pathSeparator + System.getProperty("java.class.path"), "Shop");
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
