package dev.heddle.codec.loader;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLDecoder;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of the parent's resources and code, as a worker has them: with the same text. What the JDK can open itself,
 * such as a file or an entry of a jar, it opens; the content of others, such as jars inside of jars, comes from the parent.
 * Thread-safe.
 */
final class ParentUrls {
  private static final String IN_JAR = "!/";

  private ParentUrls() {}

  /** Opens a resource by its name and address; null if there is none. */
  interface Opener {
    @Nullable
    InputStream open(String name, String url) throws IOException;
  }

  /** Returns the address of a resource; relative addresses of it can be opened, too. */
  @SuppressWarnings("deprecation") // a text that is no URI cannot be given to URL.of
  static URL of(String text, String name, Opener opener) throws MalformedURLException {
    return isKnown(text) ? new URL(text) : new URL(null, text, new Handler(text, name, opener));
  }

  /** Returns the address of code, whose content is not available unless the JDK can open it. */
  static URL ofCode(String text) throws MalformedURLException {
    return of(text, "", (_, _) -> null);
  }

  /** Returns whether any JDK opens such addresses itself: files, jars in files, and the JDK's modules. */
  static boolean isKnown(String text) {
    return text.startsWith("file:")
        || text.startsWith("jrt:/java.")
        || text.startsWith("jrt:/jdk.")
        || (text.startsWith("jar:file:") && text.indexOf(IN_JAR) == text.lastIndexOf(IN_JAR));
  }

  private static final class Handler extends URLStreamHandler {
    private final String text;
    private final String name;
    private final Opener opener;

    Handler(String text, String name, Opener opener) {
      this.text = text;
      this.name = name;
      this.opener = opener;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new Connection(url, nameOf(url.toString()), opener);
    }

    private @Nullable String nameOf(String url) {
      if (url.equals(text)) {
        return name;
      }
      if (name.isEmpty() || !text.endsWith(name)) {
        return null;
      }
      String root = text.substring(0, text.length() - name.length());
      if (!url.startsWith(root)) {
        return null;
      }
      String rest = url.substring(root.length());
      return URLDecoder.decode(rest.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
  }

  private static final class Connection extends URLConnection {
    private final @Nullable String name;
    private final Opener opener;
    private @Nullable InputStream content;
    private int length = -1;

    Connection(URL url, @Nullable String name, Opener opener) {
      super(url);
      this.name = name;
      this.opener = opener;
    }

    @Override
    public void connect() throws IOException {
      if (!connected) {
        content = name == null || name.isEmpty() ? null : opener.open(name, url.toString());
        if (content == null) {
          throw new FileNotFoundException(url + " (a worker asked its parent, which has no such resource)");
        }
        length = content.available(); // all of it is here
        connected = true;
      }
    }

    @Override
    public InputStream getInputStream() throws IOException {
      connect();
      InputStream opened = content;
      if (opened == null) {
        throw new FileNotFoundException(String.valueOf(url));
      }
      return opened;
    }

    @Override
    public @Nullable String getContentType() {
      return guessContentTypeFromName(url.getFile());
    }

    @Override
    public long getContentLengthLong() {
      try {
        connect();
      } catch (IOException e) {
        return -1; // not known
      }
      return length;
    }

    @Override
    public int getContentLength() {
      return (int) getContentLengthLong();
    }
  }
}
