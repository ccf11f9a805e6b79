package dev.heddle.flags.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.flags.FlagException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagStoreTest {
  private static final String SUM = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // of "abc"

  @TempDir
  private Path dir;

  @Test
  void open_missing_made() throws Exception {
    try (FlagStore folder = FlagStore.open(dir.resolve("a/b"))) {
      assertThat(folder.path()).isDirectory();
    }
  }

  @Test
  void open_behindAFile_saysWhatToDo() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "");
    assertThatThrownBy(() -> FlagStore.open(file))
        .isInstanceOf(FlagException.Folder.class)
        .hasMessage("cannot write to " + file + ": it is a file, not a folder; make the folder usable, or choose another");
    assertThatThrownBy(() -> FlagStore.open(file.resolve("deeper"))).isInstanceOf(FlagException.Folder.class);
  }

  @Test
  void open_inUse_refused() throws Exception {
    try (FlagStore first = FlagStore.open(dir)) {
      assertThatThrownBy(() -> FlagStore.open(dir)).hasMessage(
          "another download is writing to " + first.path() + "; wait until it has ended, or choose another folder");
    }
    FlagStore.open(dir).close();
  }

  @Test
  void save_thenOpen_remembersVersions() throws Exception {
    Files.writeString(dir.resolve("br.svg"), "abc");
    Files.writeString(dir.resolve("us.svg"), "abc");
    try (FlagStore folder = FlagStore.open(dir)) {
      folder.remember("US", SUM, null);
      folder.remember("BR", SUM, "\"v1\"");
      folder.save();
    }
    assertThat(dir.resolve("SHA256SUMS")).hasContent("""
        # check the files with: sha256sum -c SHA256SUMS
        # etag br.svg "v1"
        %s  br.svg
        %s  us.svg
        """.formatted(SUM, SUM));
    try (FlagStore folder = FlagStore.open(dir)) {
      assertThat(folder.etag("BR")).isEqualTo("\"v1\"");
      assertThat(folder.etag("US")).isNull();
      assertThat(folder.etag("FR")).isNull();
    }
  }

  @Test
  void etag_fileChangedOrGone_unknown() throws Exception {
    Files.writeString(dir.resolve("br.svg"), "abd");
    try (FlagStore folder = FlagStore.open(dir)) {
      folder.remember("BR", SUM, "\"v1\"");
      folder.remember("US", SUM, "\"v1\"");
      assertThat(folder.etag("BR")).isNull();
      assertThat(folder.etag("US")).isNull();
    }
  }

  @Test
  void open_manifestOfAnotherProgram_ignored() throws Exception {
    Files.writeString(dir.resolve("SHA256SUMS"), "not a sum\n\n# etag br.svg\n" + SUM + " *br.svg\n");
    try (FlagStore folder = FlagStore.open(dir)) {
      assertThat(folder.etag("BR")).isNull();
    }
  }
}
