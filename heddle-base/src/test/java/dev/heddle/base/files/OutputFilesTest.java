package dev.heddle.base.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that a user has named, also in folders where other users have put something of that name. */
@Timeout(60)
final class OutputFilesTest {
  private static final byte[] CONTENT = "content".getBytes(UTF_8);

  @TempDir
  private Path temp;

  @Test
  void newFile_andExistingFile_areWritten_withTheirModes() throws Exception {
    Path file = temp.resolve("report");
    OutputFiles.write(file, "longer than the next".getBytes(UTF_8));
    if (PrivateFiles.isPosix(file)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }
    OutputFiles.write(file, CONTENT);
    assertThat(file).hasContent("content");
    if (PrivateFiles.isPosix(file)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r-----");
    }
  }

  @Test
  void ownLink_isFollowed() throws Exception {
    Path file = Files.createFile(temp.resolve("file"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("file"));
    OutputFiles.write(link, CONTENT);
    assertThat(file).hasContent("content");
    assertThat(Files.isSymbolicLink(link)).isTrue();
  }

  @Test
  void linkOfAnotherUser_isRefused() throws Exception {
    Path file = Files.writeString(temp.resolve("precious"), "precious");
    Path link = Files.createSymbolicLink(temp.resolve("link"), file);
    try {
      Files.getFileAttributeView(link, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setOwner(link.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("daemon"));
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "skipped: only root can give files to another user (" + e + ")");
    }
    assertThatThrownBy(() -> OutputFiles.write(link, CONTENT)).isInstanceOf(UntrustedFileException.class)
        .hasMessageContaining(link.toString()).hasMessageContaining("daemon");
    assertThat(file).hasContent("precious");
  }

  @Test
  void pipesAndFolders_areRefusedUnopened() throws Exception {
    Path pipe = temp.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "skipped: no mkfifo here");
    for (Path each : new Path[]{pipe, temp}) {
      assertThatThrownBy(() -> OutputFiles.write(each, CONTENT)).isInstanceOf(UntrustedFileException.class)
          .hasMessageContaining("is not a regular file");
    }
  }

  @Test
  void missingFolder_andLinkThatLeadsNowhere_areErrors() throws Exception {
    assertThatThrownBy(() -> OutputFiles.write(temp.resolve("no/file"), CONTENT)).isInstanceOf(NoSuchFileException.class);
    Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("nowhere"));
    assertThatThrownBy(() -> OutputFiles.write(link, CONTENT)).isInstanceOf(NoSuchFileException.class);
  }
}
