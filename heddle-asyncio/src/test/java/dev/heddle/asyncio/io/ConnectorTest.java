package dev.heddle.asyncio.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order in which the addresses of a name are tried. */
class ConnectorTest {
  private static final InetAddress V4 = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress OTHER_V4 = InetAddress.ofLiteral("127.0.0.2");
  private static final InetAddress V6 = InetAddress.ofLiteral("::1");

  @Test
  void alternating_familiesInTurn_theFirstOneFirst() {
    assertThat(Connector.alternating(List.of(V4, OTHER_V4, V6))).containsExactly(V4, V6, OTHER_V4);
    assertThat(Connector.alternating(List.of(V6, V4, OTHER_V4))).containsExactly(V6, V4, OTHER_V4);
    assertThat(Connector.alternating(List.of(V4, OTHER_V4))).containsExactly(V4, OTHER_V4);
  }
}
