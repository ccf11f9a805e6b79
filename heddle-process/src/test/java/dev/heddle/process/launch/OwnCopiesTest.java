package dev.heddle.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.process.ProcessPool;
import dev.heddle.testkit.Bounded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where copies of Heddle's classes are made, and made again. */
@Bounded
class OwnCopiesTest {
  @TempDir
  private Path folder;

  private static Path jarOf(OwnCopies copies) {
    return copies.of(ProcessPool.class);
  }

  private Path pool() throws Exception {
    return Files.createDirectories(folder.resolve("pool"));
  }

  private static OwnCopies copies(Path shared, Path pool) {
    return new OwnCopies(shared, pool);
  }

  /** A folder stands where the copy would be, and cannot be replaced. */
  @Test
  void sharedCopy_thatCannotBeMade_isThePools_andIsNotRestored() throws Exception {
    Path shared = Files.createDirectories(folder.resolve("shared"), attributes());
    Path first = jarOf(copies(shared, pool()));
    Files.delete(first);
    Files.createDirectories(first.resolve("occupied"));
    OwnCopies copies = copies(shared, pool());
    Path made = jarOf(copies);
    assertThat(made.getParent()).isEqualTo(pool());
    copies.restore();
    assertThat(made).isRegularFile();
    try (Stream<Path> all = Files.list(shared)) {
      assertThat(all).as("no rest of an attempt").containsExactly(first);
    }
  }

  @Test
  void sharedFolder_inOneThatOthersMayWrite_isNotUsed() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(jarOf(copies(open.resolve("shared"), pool())).getParent()).isEqualTo(pool());
  }

  @Test
  void restore_copyThatIsGoneOrCutShort_makesItAgain() throws Exception {
    OwnCopies copies = copies(folder.resolve("shared"), pool());
    Path made = jarOf(copies);
    byte[] content = Files.readAllBytes(made);
    Files.write(made, new byte[1]);
    copies.restore();
    assertThat(made).hasBinaryContent(content);
    Files.delete(made);
    copies.restore();
    assertThat(made).hasBinaryContent(content);
  }

  private static FileAttribute<?> attributes() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  }
}
