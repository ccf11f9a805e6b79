package dev.heddle.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.base.files.PrivateFiles;
import dev.heddle.testkit.Bounded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a shared cache folder are deleted. */
@Bounded
class CacheFilesTest {
  private static final Pattern NAMES = Pattern.compile("file\\d+");

  @TempDir
  private Path folder;

  private void create(int number) throws Exception {
    Path file = folder.resolve("file" + number);
    Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.setLastModifiedTime(file, FileTime.fromMillis(number * 1000L));
    assertThat(PrivateFiles.isTrusted(file, PrivateFiles.Type.FILE)).isTrue();
  }

  @Test
  void tidy_keepsThoseUsedLast_andFilesWithOtherNames() throws Exception {
    for (int i = 0; i < 5; i++) {
      create(i);
    }
    Files.createFile(folder.resolve("other"));
    CacheFiles.tidy(folder, NAMES, 2);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(each -> each.getFileName().toString())).containsExactlyInAnyOrder("file3", "file4", "other");
    }
  }

  /** Other programs use the files meanwhile: a sort that reads a time twice may find that its order contradicts itself. */
  @Test
  void tidy_readsEachTimeOnce() throws Exception {
    for (int i = 0; i < 40; i++) {
      create(i);
    }
    List<Path> asked = new ArrayList<>();
    Random changing = new Random(1);
    CacheFiles.tidy(
        folder,
        NAMES,
        10,
        file -> {
          asked.add(file);
          return FileTime.fromMillis(changing.nextInt(1000));
        });
    assertThat(asked).hasSize(40).doesNotHaveDuplicates();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).hasSize(10);
    }
  }
}
