package dev.heddle.flags.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.flags.Redirects;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where redirects may lead. */
final class RedirectTargetTest {

  @ParameterizedTest
  @CsvSource({
      "http://a.example/x, /y, http://a.example/y",
      "http://a.example/x, http://A.example:80/y, http://A.example:80/y",
      "http://a.example/x, https://a.example/y, https://a.example/y",
      "https://a.example:8443/x, //a.example:8443/y, https://a.example:8443/y"})
  void sameServer_isFollowed(URI from, String location, URI to) throws Exception {
    assertThat(RedirectTarget.of(from, location, Redirects.SAME_SERVER)).isEqualTo(to);
  }

  @ParameterizedTest
  @CsvSource({
      "http://a.example/x, http://b.example/y",
      "http://a.example/x, http://a.example:8080/y",
      "http://a.example:8080/x, https://a.example/y",
      "http://a.example/x, http://a.example:443/y",
      "http://127.0.0.1/x, http://localhost/y",
      "http://a.example/x, http://a.example.b.example/y"})
  void anotherServer_isFollowedOnlyIfAllowed(URI from, String location) throws Exception {
    assertThatThrownBy(() -> RedirectTarget.of(from, location, Redirects.SAME_SERVER))
        .isInstanceOf(RefusedReplyException.class).hasMessageContaining("another server")
        .hasMessageContaining(from.toString());
    assertThat(RedirectTarget.of(from, location, Redirects.ANYWHERE)).isEqualTo(URI.create(location));
  }

  @Test
  void encryptionIsNeverGivenUp() {
    assertThatThrownBy(() -> RedirectTarget.of(URI.create("https://a.example/x"), "http://a.example/x", Redirects.ANYWHERE))
        .isInstanceOf(RefusedReplyException.class).hasMessageContaining("not encrypted");
  }
}
