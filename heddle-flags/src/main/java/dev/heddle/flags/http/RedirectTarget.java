package dev.heddle.flags.http;

import dev.heddle.flags.Redirects;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;

/** The target of a redirect, if it is followed. */
final class RedirectTarget {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private RedirectTarget() {}

  /** Whether a status is a redirect of a request for a file. */
  static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /**
   * Returns the address that a redirect leads to.
   *
   * @throws RefusedReplyException if it is not followed
   */
  static URI of(URI from, String location, Redirects allowed) throws RefusedReplyException {
    if (location.isEmpty()) {
      throw refused(from, "the server redirects, but does not say where to (there is no header Location)",
          "report it there");
    }
    URI to;
    try {
      to = from.resolve(new URI(location));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw refused(from, "the server redirects to " + Quoted.of(location) + ", which is no URL", "report it there");
    }
    String shown = "the server redirects to " + Quoted.of(to.toString());
    if (to.getHost() == null || !(scheme(to).equals("http") || scheme(to).equals("https")) || to.getRawUserInfo() != null) {
      throw refused(from, shown + ", which is no plain http or https URL", "report it there");
    }
    if (scheme(from).equals("https") && scheme(to).equals("http")) {
      throw refused(from, shown + ", which is not encrypted", "ask for a server that stays with https");
    }
    if (allowed == Redirects.NEVER) {
      throw refused(from, shown + ", but redirects are not followed", "use that URL, or Redirects.SAME_SERVER");
    }
    if (allowed == Redirects.SAME_SERVER && !isSameServer(from, to)) {
      throw refused(from, shown + ", another server", "use that URL if it is to be trusted, or Redirects.ANYWHERE");
    }
    return to;
  }

  private static RefusedReplyException refused(URI from, String what, String remedy) {
    return new RefusedReplyException(from + ": " + what + "; " + remedy, false);
  }

  private static boolean isSameServer(URI from, URI to) {
    boolean upgraded = scheme(from).equals("http") && port(from) == HTTP_PORT && scheme(to).equals("https")
        && port(to) == HTTPS_PORT;
    return host(from).equals(host(to)) && (upgraded || (port(from) == port(to) && scheme(from).equals(scheme(to))));
  }

  private static String scheme(URI uri) {
    return Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
  }

  private static String host(URI uri) {
    return Objects.requireNonNullElse(uri.getHost(), "").toLowerCase(Locale.ROOT);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : scheme(uri).equals("https") ? HTTPS_PORT : HTTP_PORT;
  }
}
