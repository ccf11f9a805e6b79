package dev.heddle.base.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What another user of the machine can lay in the way: files, links, pipes and folders. */
@Timeout(60)
final class PrivateFilesTest {
  @TempDir
  private Path temp;

  @BeforeEach
  void assumePosix() {
    assumeTrue(PrivateFiles.isPosix(temp), "skipped: files have no owner and no permissions here");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void setMode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  /** Gives a file to another user, which only root may. */
  private static void giveAway(Path path) {
    try {
      String other = Files.getOwner(path).getName().equals("nobody") ? "root" : "nobody";
      Files.setOwner(path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(other));
    } catch (IOException e) {
      assumeTrue(false, "skipped: only root can give files to another user (" + e + ")");
    }
  }

  @Test
  void create_foldersAndFiles_areForThisUserAlone() throws IOException {
    Path folder = PrivateFiles.createFolders(temp.resolve("a/b/c"));
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(mode(temp.resolve("a/b"))).isEqualTo("rwx------");
    PrivateFiles.createFile(folder.resolve("file")).close();
    assertThat(mode(folder.resolve("file"))).isEqualTo("rw-------");
    assertThat(mode(PrivateFiles.createTempFolder(temp, "x-"))).isEqualTo("rwx------");
    PrivateFiles.check(folder, PrivateFiles.Type.PRIVATE_FOLDER);
    PrivateFiles.check(folder.resolve("file"), PrivateFiles.Type.FILE);
  }

  @Test
  void createFile_existingFileOrLink_isRefused() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    Path dangling = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("target"));
    assertThatThrownBy(() -> PrivateFiles.createFile(file)).isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> PrivateFiles.createFile(dangling)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(temp.resolve("target")).doesNotExist();
  }

  @Test
  void check_linkPipeOrWrongType_isRefused() throws Exception {
    Path folder = PrivateFiles.createFolder(temp.resolve("folder"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
    assertThatThrownBy(() -> PrivateFiles.check(link, PrivateFiles.Type.FOLDER)).isInstanceOf(UntrustedFileException.class)
        .hasMessageContaining(link.toString()).hasMessageContaining("symbolic link").hasMessageContaining("move it away");
    assertThatThrownBy(() -> PrivateFiles.check(folder, PrivateFiles.Type.FILE)).isInstanceOf(UntrustedFileException.class);
    Path pipe = pipe("pipe");
    assertThatThrownBy(() -> PrivateFiles.check(pipe, PrivateFiles.Type.FILE)).isInstanceOf(UntrustedFileException.class)
        .hasMessageContaining("not a regular file");
    assertThatThrownBy(() -> PrivateFiles.check(temp.resolve("none"), PrivateFiles.Type.FILE))
        .isInstanceOf(NoSuchFileException.class);
  }

  private Path pipe(String name) throws Exception {
    Path pipe = temp.resolve(name);
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "skipped: no mkfifo here");
    return pipe;
  }

  @Test
  void check_writableByOthers_isRefusedWithTheRemedy() throws IOException {
    Path folder = PrivateFiles.createFolder(temp.resolve("folder"));
    boolean alone = PrivateGroup.isOf(Files.readAttributes(folder, PosixFileAttributes.class)); // in the user's group
    for (String mode : alone ? new String[]{"rwx----w-"} : new String[]{"rwxrwx---", "rwx----w-"}) {
      setMode(folder, mode);
      assertThatThrownBy(() -> PrivateFiles.check(folder, PrivateFiles.Type.FOLDER))
          .isInstanceOf(UntrustedFileException.class)
          .hasMessageContaining(mode).hasMessageContaining("chmod go-w");
    }
    setMode(folder, alone ? "rwxrwxr-x" : "rwxr-xr-x");
    assertThatCode(() -> PrivateFiles.check(folder, PrivateFiles.Type.FOLDER)).doesNotThrowAnyException();
    assertThatThrownBy(() -> PrivateFiles.check(folder, PrivateFiles.Type.PRIVATE_FOLDER)).hasMessageContaining("chmod 700");
    assertThat(PrivateFiles.isTrusted(folder, PrivateFiles.Type.PRIVATE_FOLDER)).isFalse();
  }

  @Test
  void check_ofAnotherUser_isRefused() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    giveAway(file);
    assertThatThrownBy(() -> PrivateFiles.check(file, PrivateFiles.Type.FILE)).isInstanceOf(UntrustedFileException.class)
        .hasMessageContaining("belongs to user 'nobody'");
    Path folder = Files.createDirectory(temp.resolve("folder"));
    giveAway(folder);
    assertThatThrownBy(() -> PrivateFiles.createFolders(folder)).isInstanceOf(UntrustedFileException.class);
    assertThatThrownBy(() -> OwnFolder.open(folder)).isInstanceOf(UntrustedFileException.class);
    Files.createFile(folder.resolve("kept"));
    assertThatThrownBy(() -> OwnFolder.delete(folder)).isInstanceOf(UntrustedFileException.class);
    assertThat(folder.resolve("kept")).exists();
  }

  @Test
  void openFile_pipeOrLink_isRefusedWithoutBlocking() throws Exception {
    Path pipe = pipe("lock");
    Path target = Files.createFile(temp.resolve("target"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), target);
    setMode(temp, "rwx------");
    try (OwnFolder folder = OwnFolder.open(temp)) {
      assertThatThrownBy(() -> folder.openFile(pipe.getFileName(), StandardOpenOption.WRITE))
          .isInstanceOf(UntrustedFileException.class);
      assertThatThrownBy(() -> folder.openFile(link.getFileName(), StandardOpenOption.WRITE))
          .isInstanceOf(UntrustedFileException.class);
      try (FileChannel channel = folder.openFile(target.getFileName(), StandardOpenOption.WRITE)) {
        assertThat(channel.tryLock()).isNotNull();
      }
    }
  }

  @Test
  void delete_linksInAndInPlaceOfTheFolder_areNotFollowed() throws IOException {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("diary"), "dear diary");
    Path folder = PrivateFiles.createFolder(temp.resolve("folder"));
    Files.createSymbolicLink(folder.resolve("link"), elsewhere);
    Files.createDirectories(folder.resolve("x/y"));
    Files.createFile(folder.resolve("x/y/z"));

    OwnFolder.delete(folder);

    assertThat(folder).doesNotExist();
    assertThat(elsewhere.resolve("diary")).exists();

    Path link = Files.createSymbolicLink(temp.resolve("swapped"), elsewhere);
    assertThatThrownBy(() -> OwnFolder.delete(link)).isInstanceOf(UntrustedFileException.class);
    assertThat(elsewhere.resolve("diary")).exists();
    OwnFolder.delete(temp.resolve("none"));
  }
}
