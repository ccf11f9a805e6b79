package dev.heddle.flags.folder;

import java.net.http.HttpHeaders;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of versions that a server gives to files. They are sent back to it, and stand in files, so only those are used
 * that RFC 9110 allows, in ASCII, and of a moderate length; a file with another one counts as a file without.
 */
public final class ETags {
  private static final Pattern VALID = Pattern.compile("(W/)?\"[\\x21\\x23-\\x7e]{0,200}\"");

  private ETags() {}

  /** Returns the ETag of a reply; null if it has none that can be used. */
  public static @Nullable String of(HttpHeaders headers) {
    return checked(headers.firstValue("ETag").orElse(""));
  }

  /** Returns an ETag; null if it cannot be used. */
  static @Nullable String checked(String etag) {
    return VALID.matcher(etag).matches() ? etag : null;
  }

  /** Whether equal ETags mean equal bytes. */
  static boolean isStrong(@Nullable String etag) {
    return etag != null && etag.startsWith("\"");
  }
}
