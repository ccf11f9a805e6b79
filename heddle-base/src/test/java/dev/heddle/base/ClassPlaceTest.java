package dev.heddle.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPlaceTest {
  /** An address of any protocol. */
  @SuppressWarnings("deprecation") // a text that is no URI cannot be given to URL.of
  private static URL url(String text) throws Exception {
    if (text.startsWith("file:") || text.startsWith("jrt:")) { // which cannot have another handler
      return new URL(text);
    }
    return URL.of(URI.create(text), new URLStreamHandler() {
      @Override
      protected URLConnection openConnection(URL url) {
        throw new AssertionError();
      }

      @Override
      protected String toExternalForm(URL url) {
        return text;
      }
    });
  }

  private static @Nullable Path file(String text) throws Exception {
    return ClassPlace.file(url(text));
  }

  @Test
  void file_isTheFileItself_orTheOutermostJar() throws Exception {
    assertThat(file("file:/a/b%20c/X.class")).isEqualTo(Path.of("/a/b c/X.class"));
    assertThat(file("file:/a/b c/X.class")).as("not written as it should be").isEqualTo(Path.of("/a/b c/X.class"));
    assertThat(file("jar:file:/a/b.jar!/c/X.class")).isEqualTo(Path.of("/a/b.jar"));
    assertThat(file("jar:file:/a/b.jar!/lib/c.jar!/X.class")).isEqualTo(Path.of("/a/b.jar"));
    assertThat(file("jar:nested:/a/b.jar/!lib/c.jar!/X.class")).isEqualTo(Path.of("/a/b.jar"));
    assertThat(file("jrt:/java.base/java/lang/Object.class")).isNull();
    assertThat(file("memory:/X.class")).isNull();
    assertThat(ClassPlace.resource(ClassPlaceTest.class)).isEqualTo("dev/heddle/base/ClassPlaceTest.class");
    assertThat(ClassPlace.location(Object.class)).isNull();
  }

  @Test
  void changes_beginWithTheModification(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("X.class"));
    Instant old = Instant.parse("2020-01-01T00:00:00Z");
    Files.setLastModifiedTime(file, FileTime.from(old));
    assertThat(ClassPlace.changes(file)).hasSizeBetween(1, 2).startsWith(old);
    assertThat(ClassPlace.changes(folder.resolve("none"))).isEmpty();
  }
}
