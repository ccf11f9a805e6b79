package dev.heddle.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.testkit.Bounded;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Resources of the parent's class loaders, as a worker's stand-ins for these find them. */
@Bounded(seconds = 60)
class ResourcesTest {
  private static final byte[] LARGE = new byte[(32 << 20) + 1];

  private final Ends ends = new Ends();
  private final ClassLoader there = ends.worker.loader(ends.parent.nameOf(new Memory()));

  /** Has resources behind addresses that only it can open. */
  private static final class Memory extends ClassLoader {
    private static final Map<String, byte[]> FILES = Map.of("a/one.txt", bytes("one"), "a/two.txt", bytes("two"), "large",
        LARGE, "unreadable", bytes("never read"));

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected @Nullable URL findResource(String name) {
      if (name.equals("refused")) {
        throw new IllegalStateException("this loader is closed");
      }
      return FILES.containsKey(name) ? url(name) : null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
      if (name.equals("unlistable")) {
        throw new IOException("the list is on a disk that fails");
      }
      if (name.equals("refused")) {
        throw new IllegalStateException("this loader is closed");
      }
      URL url = findResource(name);
      return Collections.enumeration(url == null ? List.of() : List.of(url, url));
    }

    private static URL url(String path) {
      try {
        return URL.of(URI.create("memory:/" + path), new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
              @Override
              public void connect() {}

              @Override
              public InputStream getInputStream() throws IOException {
                if (url.getPath().equals("/unreadable")) {
                  throw new IOException("the disk fails");
                }
                return new ByteArrayInputStream(requireNonNull(FILES.get(url.getPath().substring(1))));
              }
            };
          }
        });
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static String text(@Nullable InputStream in) throws IOException {
    try (InputStream content = requireNonNull(in)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void address_hasTheSameText_andCanBeOpened() throws Exception {
    URL one = requireNonNull(there.getResource("a/one.txt"));
    assertThat(one).hasToString("memory:/a/one.txt");
    assertThat(text(one.openStream())).isEqualTo("one");
    assertThat(one.openConnection().getContentLengthLong()).isEqualTo(3);
    assertThat(text(there.getResourceAsStream("a/one.txt"))).isEqualTo("one");
    assertThat(Collections.list(there.getResources("a/one.txt"))).hasSize(2);
  }

  @Test
  @SuppressWarnings("deprecation") // the only way to an address beside another
  void address_besideAnother_canBeOpened() throws Exception {
    URL one = requireNonNull(there.getResource("a/one.txt"));
    assertThat(text(new URL(one, "two.txt").openStream())).isEqualTo("two");
    assertThatThrownBy(() -> new URL(one, "three.txt").openStream()).isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("memory:/a/three.txt");
    assertThatThrownBy(() -> new URL(one, "/../etc/passwd").openStream()).isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void missing_isNull() throws Exception {
    assertThat(there.getResource("no such")).isNull();
    assertThat(there.getResourceAsStream("no such")).isNull();
    assertThat(Collections.list(there.getResources("no such"))).isEmpty();
    assertThat(there.getResource("x".repeat(10) + "\n!?")).isNull();
  }

  @Test
  void large_isAnErrorThatSaysSo_notAMissingResource() throws Exception {
    InputStream stream = requireNonNull(there.getResourceAsStream("large"));
    assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class)
        .hasMessageContaining("resource 'large' is larger than 32 MiB")
        .hasMessageContaining("give tasks its path");
    URL url = requireNonNull(there.getResource("large"));
    assertThatThrownBy(url::openStream).hasMessageContaining("larger than 32 MiB");
  }

  @Test
  void unreadable_isAnErrorWithTheParentsWords_notAMissingResource() throws Exception {
    URL url = requireNonNull(there.getResource("unreadable"));
    assertThatThrownBy(url::openStream).isInstanceOf(IOException.class).isNotInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("'unreadable'").hasMessageContaining("the disk fails");
    assertThatThrownBy(() -> there.getResources("unlistable")).isInstanceOf(IOException.class)
        .hasMessageContaining("'unlistable'").hasMessageContaining("the list is on a disk that fails");
  }

  @Test
  void classLoaderThatThrows_doesSoInTheWorker() throws Exception {
    assertThatThrownBy(() -> there.getResource("refused")).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'refused'").hasMessageContaining("this loader is closed");
    assertThatThrownBy(() -> there.getResources("refused")).isInstanceOf(IOException.class)
        .hasMessageContaining("this loader is closed");
    InputStream stream = requireNonNull(there.getResourceAsStream("refused"));
    assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class).hasMessageContaining("this loader is closed");
  }
}
