package dev.heddle.flags.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.flags.FlagException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another user can lay in a download folder that was open to others for a time: pipes, links and foreign files. */
@Timeout(60)
final class HostileFolderTest {
  private static final String FOREIGN = "diary";

  @TempDir
  private Path temp;
  private Path folder;
  private Path diary;

  @BeforeEach
  void make() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "skipped: files have no owner here");
    folder = Files.createDirectory(temp.resolve("folder"));
    setMode(folder, "rwx------");
    diary = Files.writeString(temp.resolve("mine"), FOREIGN);
  }

  private static void setMode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static void giveToOtherUser(Path path) throws IOException {
    try {
      Files.getFileAttributeView(path, java.nio.file.attribute.PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setOwner(path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    } catch (IOException e) {
      assumeTrue(false, "skipped: only root can give files to another user (" + e + ")");
    }
  }

  private void pipe(String name) throws Exception {
    assumeTrue(new ProcessBuilder("mkfifo", folder.resolve(name).toString()).start().waitFor() == 0,
        "skipped: no mkfifo here");
  }

  /** All that a download does with the files beside the flag's. */
  private void download() throws Exception {
    try (FlagStore store = FlagStore.open(folder); PartFile part = PartFile.of(store.file("BR"), false, 1000)) {
      var body = part.receive(false, "\"v1\"");
      body.onSubscribe(new java.util.concurrent.Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
      });
      body.onNext(java.util.List.of(java.nio.ByteBuffer.wrap(new byte[3])));
      body.onComplete();
      body.getBody().toCompletableFuture().join();
      part.complete();
      store.remember("BR", "0".repeat(64), "\"v1\"");
      store.save();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".lock", "br.svg.part", "br.svg.part.etag", "SHA256SUMS"})
  void pipe_underAFilesName_isAnErrorAndNoWait(String name) throws Exception {
    pipe(name);
    assertThatThrownBy(this::download).isInstanceOf(FlagException.Folder.class)
        .hasMessageContaining(folder.resolve(name).toString()).hasMessageContaining("not a regular file")
        .hasMessageContaining("move it away");
  }

  @ParameterizedTest
  @ValueSource(strings = {".lock", "br.svg.part", "br.svg.part.etag", "SHA256SUMS"})
  void link_underAFilesName_isNotFollowed(String name) throws Exception {
    Files.createSymbolicLink(folder.resolve(name), diary);
    assertThatThrownBy(this::download).isInstanceOf(FlagException.Folder.class)
        .hasMessageContaining(folder.resolve(name).toString()).hasMessageContaining("symbolic link");
    assertThat(diary).hasContent(FOREIGN);
  }

  /** Those that are replaced as a whole: neither what is there nor what it leads to is written. */
  @ParameterizedTest
  @ValueSource(strings = {"br.svg", "SHA256SUMS.part"})
  void link_underANameThatIsReplaced_isReplaced(String name) throws Exception {
    Files.createSymbolicLink(folder.resolve(name), diary);
    download();
    assertThat(diary).hasContent(FOREIGN);
    assertThat(folder.resolve("br.svg")).isRegularFile().hasSize(3);
    assertThat(Files.isSymbolicLink(folder.resolve("br.svg"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {".lock", "br.svg.part", "br.svg.part.etag", "SHA256SUMS"})
  void fileOfAnotherUser_isNotUsed(String name) throws Exception {
    giveToOtherUser(Files.writeString(folder.resolve(name), "\"v1\""));
    assertThatThrownBy(this::download).isInstanceOf(FlagException.Folder.class)
        .hasMessageContaining(folder.resolve(name).toString()).hasMessageContaining("belongs to user 'nobody'");
  }

  @Test
  void folder_openToOthers_isNotUsed() throws Exception {
    setMode(folder, "rwxrwxrwx");
    assertThatThrownBy(this::download).isInstanceOf(FlagException.Folder.class)
        .hasMessageContaining(folder.toString()).hasMessageContaining("may be written by other users (rwxrwxrwx)")
        .hasMessageContaining("chmod go-w");
    setMode(folder, "rwxr-xr-x");
    download();
  }

  @Test
  void folder_ofAnotherUser_isNotUsed() throws Exception {
    giveToOtherUser(folder);
    assertThatThrownBy(this::download).isInstanceOf(FlagException.Folder.class)
        .hasMessageContaining("belongs to user 'nobody'");
  }

  @Test
  void linkToAFolder_isFollowedIfItIsThisUsers() throws Exception {
    Path real = folder;
    folder = Files.createSymbolicLink(temp.resolve("link"), real);
    download();
    assertThat(real.resolve("br.svg")).exists();
    giveToOtherUser(folder);
    assertThatThrownBy(this::download).isInstanceOf(FlagException.Folder.class)
        .hasMessageContaining("belongs to user 'nobody'");
  }

  @Test
  void newFiles_areForThisUserAlone() throws Exception {
    folder = temp.resolve("a/b");
    download();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("br.svg"))))
        .isEqualTo("rw-------");
  }

  @Test
  void manifest_thatIsTooLarge_isAnErrorWithItsPlace() throws Exception {
    Path manifest = folder.resolve("SHA256SUMS");
    Files.writeString(manifest, "# x\n" + "y".repeat(5000));
    assertThatThrownBy(this::download).isInstanceOf(FlagException.Folder.class)
        .hasMessageContaining(manifest.toString()).hasMessageContaining("line 2").hasMessageContaining("column 4097");
    Files.write(manifest, new byte[5 << 20]);
    assertThatThrownBy(this::download).isInstanceOf(FlagException.Folder.class)
        .hasMessageContaining("larger than 4194304 bytes");
  }

  /** A file of another program, in its charset: the manifest is written anew, and its line stays. */
  @Test
  void manifest_withBytesThatAreNoUtf8_keepsThem() throws Exception {
    Path manifest = folder.resolve("SHA256SUMS");
    byte[] line = ("a".repeat(64) + "  caf\u00e9.svg").getBytes(StandardCharsets.ISO_8859_1);
    byte[] utf8 = ("b".repeat(64) + "  \u65e5\u672c.svg").getBytes(StandardCharsets.UTF_8);
    Files.write(manifest, line);
    Files.write(manifest, new byte[]{'\n'}, StandardOpenOption.APPEND);
    Files.write(manifest, utf8, StandardOpenOption.APPEND);
    for (int i = 0; i < 2; i++) {
      try (FlagStore store = FlagStore.open(folder)) {
        store.save();
      }
    }
    String text = Files.readString(manifest, StandardCharsets.ISO_8859_1);
    assertThat(text.lines()).contains(new String(line, StandardCharsets.ISO_8859_1),
        new String(utf8, StandardCharsets.ISO_8859_1));
  }

  @Test
  void manifest_withHostileVersions_hasNone() throws Exception {
    String sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    Files.writeString(folder.resolve("br.svg"), "abc");
    setMode(folder.resolve("br.svg"), "rw-r--r--");
    for (String etag : new String[]{"v1", "\"\u00e9\"", "\"" + "e".repeat(300) + "\"", "\"a\"b\""}) {
      Files.writeString(folder.resolve("SHA256SUMS"), "# etag br.svg " + etag + "\n" + sum + "  br.svg\n");
      try (FlagStore store = FlagStore.open(folder)) {
        assertThat(store.etag("BR")).isNull();
      }
    }
  }
}
