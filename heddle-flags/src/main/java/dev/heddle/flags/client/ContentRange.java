package dev.heddle.flags.client;

import dev.heddle.flags.http.Headers;
import dev.heddle.flags.http.Quoted;
import dev.heddle.flags.http.RefusedReplyException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks which part of a file a server sends, before any of it is written. */
final class ContentRange {
  private static final Pattern FORM = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  private ContentRange() {}

  /**
   * Checks the headers of a reply with status 206.
   *
   * @param offset the first byte that was asked for; -1 if the whole file was
   * @throws RefusedReplyException if it is not the rest of the file, from that byte to its end
   */
  static void check(URI uri, HttpHeaders headers, long offset) throws RefusedReplyException {
    String range = Headers.only(uri, headers, "Content-Range").orElse("");
    if (offset < 0) {
      throw refused(uri,
          "the server sent a part of the file (status 206, " + Quoted.of(range) + "), but all of it was asked for");
    }
    Matcher form = FORM.matcher(range);
    boolean isRest = form.matches()
        && Long.parseLong(form.group(1)) == offset
        && Long.parseLong(form.group(2)) == Long.parseLong(form.group(3)) - 1
        && Long.parseLong(form.group(2)) >= offset;
    if (!isRest) {
      throw refused(uri, "the server sent the part " + Quoted.of(range) + ", but 'bytes " + offset + "-' was asked for");
    }
    long total = Long.parseLong(form.group(3));
    String length = headers.firstValue("Content-Length").orElse("");
    if (!length.isEmpty() && !length.equals(Long.toString(total - offset))) {
      throw refused(uri, "the server sent the part " + Quoted.of(range) + " with a length of " + Quoted.of(length));
    }
  }

  private static RefusedReplyException refused(URI uri, String what) {
    return new RefusedReplyException(uri + ": " + what + "; the download begins again", true);
  }
}
