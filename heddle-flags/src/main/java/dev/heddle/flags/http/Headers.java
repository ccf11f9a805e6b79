package dev.heddle.flags.http;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/** Headers that a reply has once at the most. */
public final class Headers {
  private Headers() {}

  /**
   * Returns the value of a header.
   *
   * @throws RefusedReplyException if it is there more than once, so that it is not certain which one counts
   */
  public static Optional<String> only(URI uri, HttpHeaders headers, String name) throws RefusedReplyException {
    List<String> values = headers.allValues(name);
    if (values.size() > 1) {
      throw new RefusedReplyException(
          uri + ": the reply has the header " + name + " " + values.size() + " times; report it there", true);
    }
    return values.stream().findFirst();
  }
}
