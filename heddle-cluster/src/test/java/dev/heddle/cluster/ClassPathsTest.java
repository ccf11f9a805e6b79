package dev.heddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.cluster.wire.CallOutcome;
import dev.heddle.futures.TaskCallable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes in JVMs of their own whose class path differs from the driver's. */
@Timeout(300)
class ClassPathsTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir
  private Path folder;

  /** The class path of the tests without the tests themselves, behind the folder of this test. */
  private String withoutTests() {
    String rest = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(each -> !Files.exists(Path.of(each).resolve("dev/heddle/cluster/ClassPathsTest.class")))
        .collect(Collectors.joining(File.pathSeparator));
    return folder + File.pathSeparator + rest;
  }

  private static byte[] bytesOf(Class<?> type) throws IOException {
    try (
        InputStream in = type.getResourceAsStream(type.getName().substring(type.getPackageName().length() + 1) + ".class")) {
      return Objects.requireNonNull(in, type.getName()).readAllBytes();
    }
  }

  private void write(Class<?> type, byte[] bytes) throws IOException {
    Path file = folder.resolve(type.getName().replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /** The same class from a source file of another name: what a build of another day looks like. */
  private static byte[] rebuilt(Class<?> type) throws IOException {
    ClassFile files = ClassFile.of();
    return files.transformClass(files.parse(bytesOf(type)),
        ClassTransform.dropping(each -> each instanceof SourceFileAttribute)
            .andThen(ClassTransform.endHandler(builder -> builder.with(SourceFileAttribute.of("Rebuilt.java")))));
  }

  /** A task of a class that only the driver has, which reads a resource that only the driver has. */
  static final class GreetingTask implements TaskCallable<Integer> {
    private static final long serialVersionUID = 1;

    @Override
    public Integer call() throws IOException {
      try (InputStream in = GreetingTask.class.getResourceAsStream("/dev/heddle/cluster/greeting.txt")) {
        return in == null ? -1 : in.readAllBytes().length;
      }
    }
  }

  @Test
  void classesAndResources_thatANodeLacks_comeFromTheDriver_ifItAllowsThat() throws Exception {
    write(NodeMain.class, bytesOf(NodeMain.class));
    try (Nodes nodes = new Nodes(10)) {
      nodes.start(Nodes.SECRET, withoutTests(), 1);
      DriverOptions options = DriverOptions.of(nodes.options()).withPatience(LONG);
      try (ClusterExecutor pool = ClusterPool.connect(options.withSharedClasses())) {
        assertThat(pool.submit(() -> new GreetingTask().call()).result(LONG)).isEqualTo(6);
        assertThat(pool.map(i -> i + 1, java.util.List.of(1, 2, 3)).toList()).containsExactly(2, 3, 4);
      }
      try (ClusterExecutor pool = ClusterPool.connect(options)) {
        Throwable failure = pool.submit(() -> new GreetingTask().call()).exception(LONG);
        assertThat(failure).isNotNull().hasStackTraceContaining("does not share its classes")
            .hasStackTraceContaining("withSharedClasses");
      }
    }
  }

  @Test
  void classThatDiffers_failsItsTaskWithAMismatch() throws Exception {
    write(NodeMain.class, bytesOf(NodeMain.class));
    write(GreetingTask.class, rebuilt(GreetingTask.class));
    try (Nodes nodes = new Nodes(10)) {
      nodes.start(Nodes.SECRET, withoutTests(), 1);
      DriverOptions options = DriverOptions.of(nodes.options()).withPatience(LONG).withSharedClasses();
      try (ClusterExecutor pool = ClusterPool.connect(options)) {
        assertThat(pool.submit(new GreetingTask()).exception(LONG)).isInstanceOf(ClassMismatchException.class)
            .hasMessageContaining("GreetingTask");
        assertThat(pool.submit(() -> 1).result(LONG)).isEqualTo(1);
      }
    }
  }

  @Test
  void nodeOfAnotherBuildOfHeddle_isRefusedAtJoin() throws Exception {
    write(NodeMain.class, bytesOf(NodeMain.class));
    write(CallOutcome.class, rebuilt(CallOutcome.class));
    try (Nodes nodes = new Nodes(10)) {
      nodes.start(Nodes.SECRET, withoutTests(), 1);
      assertThatThrownBy(nodes::driver).isInstanceOf(NoMemberException.class)
          .hasMessageContaining("runs another version of Heddle");
      Nodes.Node good = nodes.start(1);
      try (ClusterExecutor pool = nodes.driver()) {
        assertThat(pool.submit(() -> ProcessHandle.current().pid()).result(LONG)).isEqualTo(good.process().pid());
      }
    }
  }
}
