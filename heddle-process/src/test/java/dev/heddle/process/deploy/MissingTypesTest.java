package dev.heddle.process.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes with methods whose types are those of an optional library that is not there: threads run their tasks, and so do workers. */
@Bounded(seconds = 120)
class MissingTypesTest {
  private static final String PROGRAM = """
      import dev.heddle.futures.*;
      import dev.heddle.process.*;
      public class Program {
        static class Optional {}
        static Optional wrapped(Optional each) { return each; }
        static int three() { return 3; }
        record Point(int x) {
          Optional drawn(Optional canvas) { return canvas; }
        }
        enum Kind { PLAIN, FANCY; Optional drawn() { return null; } }
        static class Broken extends RuntimeException {
          Broken(String message) { super(message); }
        }
        public static void main(String[] args) {
          Point point = new Point(4);
          try (var pool = ProcessPool.of(1)) {
            System.out.println(pool.submit(() -> 1).result());
            System.out.println(pool.submit(Program::three).result());
            System.out.println(pool.submit(() -> point.x()).result());
            System.out.println(pool.submit(() -> new Point(5)).result());
            System.out.println(pool.submit(() -> Kind.FANCY).result());
            System.out.println(pool.submit(() -> { throw new Broken("as expected"); }).exception().getMessage());
          }
        }
      }
      """;

  @TempDir
  private Path folder;

  @Test
  void tasksOfSuchClasses_run() throws Exception {
    compile();
    assertRuns("-cp", folder + File.pathSeparator + System.getProperty("java.class.path"));
  }

  @Test
  void tasksOfSuchClasses_run_withHeddleOnTheModulePath() throws Exception {
    compile();
    assertRuns("-p", Packed.path(Packed.HEDDLE), "--add-modules", "dev.heddle.process", "-cp", folder);
  }

  /** The class files are so new that it matters when exactly the program has started. */
  @Test
  void tasksOfSuchClasses_run_inARuntimeWithoutManagement() throws Exception {
    compile();
    assertRuns("--limit-modules", "java.base,jdk.jfr", "-cp",
        folder + File.pathSeparator + System.getProperty("java.class.path"));
  }

  private void compile() throws IOException {
    Path source = Files.writeString(folder.resolve("Program.java"), PROGRAM);
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", System.getProperty("java.class.path"), "-d",
        folder.toString(), source.toString())).isZero();
    Files.delete(folder.resolve("Program$Optional.class"));
  }

  private static void assertRuns(Object... options) throws IOException, InterruptedException {
    assertThat(Packed.run(Packed.java(Stream.concat(Stream.of(options), Stream.of("Program")).toArray())).lines())
        .containsExactly("1", "3", "4", "Point[x=5]", "FANCY", "as expected");
  }
}
