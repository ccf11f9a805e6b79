package dev.heddle.codec.loader;

import org.jspecify.annotations.Nullable;

/**
 * A worker's request for a resource. Immutable.
 *
 * @param kind what is asked for
 * @param space the space of the class loader that is asked
 * @param name the resource's name, with slashes
 * @param url which of the resources of that name, for {@link Kind#CONTENT}; else empty
 */
record ResourceRequest(Kind kind, String space, String name, String url) {
  /** Begins each request for a resource; no class name begins so. */
  static final char MARK = '?';

  private static final char BEFORE_URL = '\n';

  /** The kind of the answer. */
  enum Kind {
    /** The result of {@link ClassLoader#getResource}. */
    FIRST('F'),
    /** The results of {@link ClassLoader#getResources}. */
    ALL('A'),
    /** The content of what {@link ClassLoader#getResourceAsStream} returns. */
    STREAM('S'),
    /** The content behind a URL that was returned. */
    CONTENT('C');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  /** Returns the request that a text stands for; null if it stands for none. */
  static @Nullable ResourceRequest parse(String text) {
    int name = text.indexOf(ParentSpaces.SEPARATOR);
    if (text.length() < 2 || text.charAt(0) != MARK || name < 0) {
      return null;
    }
    int url = text.indexOf(BEFORE_URL, name);
    for (Kind each : Kind.values()) {
      if (each.letter == text.charAt(1)) {
        return new ResourceRequest(each, text.substring(2, name), text.substring(name + 1, url < 0 ? text.length() : url),
            url < 0 ? "" : text.substring(url + 1));
      }
    }
    return null;
  }

  /** Returns the text that stands for this request. */
  String text() {
    String plain = "" + MARK + kind.letter + space + ParentSpaces.SEPARATOR + name;
    return url.isEmpty() ? plain : plain + BEFORE_URL + url;
  }
}
