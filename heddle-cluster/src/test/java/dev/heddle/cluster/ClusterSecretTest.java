package dev.heddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.base.files.UntrustedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSecretTest {
  @TempDir
  private Path folder;

  private Path file(String content, String mode) throws IOException {
    Path file = folder.resolve("secret");
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  @Test
  void ofFile_isTheContentWithoutTheLineEnd() throws Exception {
    ClusterSecret read = ClusterSecret.ofFile(file("0123456789abcdef\n", "rw-------"));
    ClusterSecret same = ClusterSecret.of("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    assertThat(read.derive(new byte[]{1}).getEncoded()).isEqualTo(same.derive(new byte[]{1}).getEncoded())
        .isNotEqualTo(same.derive(new byte[]{2}).getEncoded());
  }

  @Test
  void ofFile_thatOthersCanRead_isRefusedWithTheRemedy() throws Exception {
    for (String mode : new String[]{"rw-r-----", "rw----r--"}) {
      Path file = file("0123456789abcdef", mode);
      assertThatThrownBy(() -> ClusterSecret.ofFile(file)).isInstanceOf(UntrustedFileException.class)
          .hasMessageContaining("can be read by other users").hasMessageContaining("chmod 600");
    }
  }

  @Test
  void ofFile_thatOthersCanWrite_orThatIsALink_isRefused() throws Exception {
    Path writable = file("0123456789abcdef", "rw--w----");
    assertThatThrownBy(() -> ClusterSecret.ofFile(writable)).isInstanceOf(UntrustedFileException.class);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file("0123456789abcdef", "rw-------"));
    assertThatThrownBy(() -> ClusterSecret.ofFile(link)).isInstanceOf(UntrustedFileException.class);
  }

  @Test
  void ofFile_thatIsTooShort_saysHowToMakeOne() throws Exception {
    Path file = file("short\n", "rw-------");
    assertThatThrownBy(() -> ClusterSecret.ofFile(file)).isInstanceOf(IOException.class)
        .hasMessageContaining("must have 16 to").hasMessageContaining("had 5").hasMessageContaining("/dev/urandom");
  }

  @Test
  void toString_doesNotShowIt() {
    assertThat(ClusterSecret.of("0123456789abcdef".getBytes(StandardCharsets.UTF_8)).toString())
        .isEqualTo("a secret of 16 bytes");
  }

  @Test
  void withoutASecret_onlyLoopbackIsAccepted() {
    ClusterOptions open = ClusterOptions.of(ClusterSecret.insecureLoopback());
    assertThat(open.withHost("127.0.0.2").host()).isEqualTo("127.0.0.2");
    for (String host : new String[]{"0.0.0.0", "10.0.0.7", "127.evil.example", "127.0.0.1.example.com"}) {
      assertThatThrownBy(() -> open.withHost(host)).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(host).hasMessageContaining("give a secret");
    }
    assertThatThrownBy(() -> DriverOptions.of(open).withSharedClasses()).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sharesClasses");
  }
}
