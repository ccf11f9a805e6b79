package dev.heddle.base.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders above a file, in which another user may exchange it, and files that are opened there. */
@Timeout(60)
final class SafePlaceTest {
  @TempDir
  private Path temp;

  @BeforeEach
  void assumePosix() {
    assumeTrue(PrivateFiles.isPosix(temp), "skipped: files have no owner and no permissions here");
  }

  private static void setMode(Path path, String mode) throws Exception {
    assertThat(new ProcessBuilder("chmod", mode, path.toString()).start().waitFor()).isZero();
  }

  private static void giveToOtherUser(Path path) {
    try {
      Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setOwner(path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    } catch (IOException e) {
      assumeTrue(false, "skipped: only root can give files to another user (" + e + ")");
    }
  }

  @Test
  void ancestor_writableByOthers_isRefusedUnlessItIsSticky() throws Exception {
    Path open = Files.createDirectory(temp.resolve("open"));
    Path file = Files.createFile(Files.createDirectories(open.resolve("a/b")).resolve("file"));
    SafePlace.checkAncestors(file);
    setMode(open, "0777");
    assertThatThrownBy(() -> SafePlace.checkAncestors(file)).isInstanceOf(UntrustedFileException.class)
        .hasMessageContaining(open.toString()).hasMessageContaining("rwxrwxrwx").hasMessageContaining("chmod go-w");
    assertThatThrownBy(() -> SafePlace.checkFolderOf(file)).as("its folder may be exchanged with that")
        .isInstanceOf(UntrustedFileException.class);
    setMode(open, "1777");
    SafePlace.checkAncestors(file);
  }

  @Test
  void ancestor_ofAnotherUser_isRefusedAlsoBelowAStickyFolder() throws Exception {
    Path sticky = Files.createDirectory(temp.resolve("sticky"));
    setMode(sticky, "1777");
    Path foreign = Files.createDirectory(sticky.resolve("foreign"));
    Path file = Files.createFile(foreign.resolve("file"));
    giveToOtherUser(foreign);
    assertThatThrownBy(() -> SafePlace.checkAncestors(file)).isInstanceOf(UntrustedFileException.class)
        .hasMessageContaining(foreign.toString()).hasMessageContaining("belongs to user 'nobody'");
    assertThatThrownBy(() -> SafePlace.checkFolderOf(file)).isInstanceOf(UntrustedFileException.class);
  }

  @Test
  void folderOf_aPathThatGoesUpFromALink_isTheOneThatIsOpened() throws Exception {
    Path inner = Files.createDirectories(temp.resolve("elsewhere/inner"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), inner);
    Path file = link.resolve("../log"); // is elsewhere/log to the system, and temp/log by its text
    SafePlace.checkFolderOf(file);
    setMode(temp.resolve("elsewhere"), "0777");
    assertThatThrownBy(() -> SafePlace.checkFolderOf(file)).isInstanceOf(UntrustedFileException.class)
        .hasMessageContaining("elsewhere");
    setMode(temp.resolve("elsewhere"), "0700");
    giveToOtherUser(link);
    assertThatThrownBy(() -> SafePlace.checkFolderOf(link.resolve("log"))).isInstanceOf(UntrustedFileException.class)
        .hasMessageContaining("belongs to user 'nobody'");
  }

  @Test
  void link_isCheckedAsWellAsWhatItLeadsTo() throws Exception {
    Path real = Files.createDirectories(temp.resolve("real/inner"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), real);
    SafePlace.checkAncestors(link);
    setMode(temp.resolve("real"), "0777");
    assertThatThrownBy(() -> SafePlace.checkAncestors(link)).isInstanceOf(UntrustedFileException.class)
        .hasMessageContaining(temp.resolve("real").toString());
    setMode(temp.resolve("real"), "0700");
    giveToOtherUser(link);
    assertThatThrownBy(() -> SafePlace.checkAncestors(link)).isInstanceOf(UntrustedFileException.class)
        .hasMessageContaining(link.toString());
  }

  @Test
  void groupWithOneMember_isThisUserAlone() {
    List<String> groups = List.of("root:x:0:", "ada:x:1000:", "staff:x:50:", "bob:x:1001:ada", "eve:x:1002:eve", "broken");
    List<String> users = List.of("root:x:0:0:root:/root:/bin/sh", "ada:x:1000:1000::/home/ada:/bin/sh",
        "bob:x:1001:1001::/:", "eve:x:1002:1002::/:", "mallory:x:1003:50::/:", "");
    assertThat(PrivateGroup.isPrivate(groups, users, "ada", "ada")).isTrue();
    assertThat(PrivateGroup.isPrivate(groups, users, "eve", "eve")).isTrue();
    assertThat(PrivateGroup.isPrivate(groups, users, "bob", "bob")).as("ada is a member").isFalse();
    assertThat(PrivateGroup.isPrivate(groups, users, "staff", "ada")).as("mallory's first group").isFalse();
    assertThat(PrivateGroup.isPrivate(groups, users, "unknown", "ada")).isFalse();
  }

  @Test
  void openOrCreate_linkOrPipe_isRefusedAndANewFileIsPrivate() throws Exception {
    Path file = temp.resolve("file");
    PrivateFiles.openOrCreate(file, StandardOpenOption.WRITE).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    assertThatCode(() -> PrivateFiles.openOrCreate(file, StandardOpenOption.WRITE).close()).doesNotThrowAnyException();
    Path dangling = Files.createSymbolicLink(temp.resolve("dangling"), temp.resolve("target"));
    assertThatThrownBy(() -> PrivateFiles.openOrCreate(dangling, StandardOpenOption.WRITE))
        .isInstanceOf(UntrustedFileException.class);
    assertThat(temp.resolve("target")).doesNotExist();
    Path pipe = temp.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "skipped: no mkfifo here");
    assertThatThrownBy(() -> PrivateFiles.openOrCreate(pipe, StandardOpenOption.WRITE))
        .isInstanceOf(UntrustedFileException.class);
    assertThatThrownBy(() -> PrivateFiles.open(temp.resolve("none"), StandardOpenOption.READ))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void linkOfAnotherUser_anywhereOnTheWay_isRefused() throws Exception {
    Path own = Files.createDirectories(temp.resolve("own/logs"));
    Path shared = Files.createDirectory(temp.resolve("shared"));
    setMode(shared, "1777");
    Path link = Files.createSymbolicLink(shared.resolve("link"), temp.resolve("own"));
    SafePlace.checkFolderOf(link.resolve("logs/log"));
    giveToOtherUser(link);
    for (String file : List.of("logs/log", "./log", "logs/../log", "log")) {
      assertThatThrownBy(() -> SafePlace.checkFolderOf(Path.of(link + "/" + file))).as(file)
          .isInstanceOf(UntrustedFileException.class)
          .hasMessageContaining(link.toString());
    }
    assertThat(own).isDirectory();
  }

  /** As in a sandbox that bwrap or {@code unshare -r} makes. */
  @Test
  void usersWithoutANumberInTheNamespace_areTheSystems() {
    assertThat(UserNamespace.isUnmapped(65534, "65534", List.of("         0       1000          1"))).isTrue();
    assertThat(UserNamespace.isUnmapped(1, "65534", List.of("         0       1000          1"))).isFalse();
    assertThat(UserNamespace.isUnmapped(65534, "65534", List.of("         0          0 4294967295"))).isFalse();
    assertThat(UserNamespace.isUnmapped(65534, "65534", List.of("0 1000 1", "1 100000 65536"))).isFalse();
  }

  @Test
  void linksInACircle_areAnError() throws Exception {
    Path a = Files.createSymbolicLink(temp.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(temp.resolve("b"), Path.of("a"));
    assertThatThrownBy(() -> SafePlace.checkFolderOf(a.resolve("x"))).isInstanceOf(FileSystemLoopException.class);
    assertThatThrownBy(() -> SafePlace.checkAncestors(a)).isInstanceOf(FileSystemLoopException.class);
  }

  @Test
  void hardLink_inAFolderOfOthers_isRefused() throws Exception {
    Path file = Files.writeString(temp.resolve("precious"), "precious");
    Path shared = Files.createDirectory(temp.resolve("shared"));
    setMode(shared, "1777");
    Path name = Files.createLink(shared.resolve("log"), file);
    assertThatThrownBy(() -> PrivateFiles.openOrCreate(name, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING))
        .isInstanceOf(UntrustedFileException.class).hasMessageContaining("hard link");
    assertThat(file).hasContent("precious");
    PrivateFiles.open(file, StandardOpenOption.READ).close(); // its own folder is for this user alone
  }

  @Test
  void tempPlace_thatOthersMayWrite_isReplaced() throws Exception {
    Path open = Files.createDirectory(temp.resolve("open"));
    Path own = Files.createDirectory(temp.resolve("own"));
    assertThat(TempPlace.folder(own, Stream.of())).isEqualTo(own);
    setMode(open, "0777");
    assertThat(TempPlace.folder(open, Stream.of(temp.resolve("missing"), open, own))).isEqualTo(own);
    assertThat(TempPlace.folder(open, Stream.of(open))).as("there is no other").isEqualTo(open);
    assertThatThrownBy(() -> TempPlace.folder(temp.resolve("missing"), Stream.of(own)))
        .isInstanceOf(NoSuchFileException.class);
  }
}
