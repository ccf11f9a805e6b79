package dev.heddle.process.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.process.wire.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The attacker is another program of this machine, which connects to the loopback port that a worker is expected at. */
@Timeout(60)
class HandshakeTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private final List<SocketChannel> clients = new ArrayList<>();
  private Selector selector;
  private ServerSocketChannel server;
  private Handshake handshake;

  @BeforeEach
  void listen() throws IOException {
    selector = Selector.open();
    server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    handshake = new Handshake(server, TOKEN, selector);
  }

  @AfterEach
  void close() throws IOException {
    for (SocketChannel client : clients) {
      client.close();
    }
    handshake.close();
    selector.close();
  }

  @Test
  void look_manySilentConnectionsAfterTheWorker_findsIt() throws IOException {
    SocketChannel worker = connect(TOKEN);
    for (int i = 0; i < 300; i++) {
      connect(null);
    }
    assertThat(found()).isEqualTo(worker.getLocalAddress());
  }

  @Test
  void look_manySilentConnectionsBeforeTheWorker_findsIt() throws IOException {
    for (int i = 0; i < 300; i++) {
      connect(null);
      handshake.look();
    }
    assertThat(found(connect(TOKEN))).isTrue();
  }

  @Test
  void look_silentConnectionsAtTheLimit_makeWayAfterASecond() throws Exception {
    for (int i = 0; i < Handshake.MOST_CALLERS; i++) {
      connect(null);
      handshake.look();
    }
    for (boolean found = false; !found;) { // until the oldest one has had its second
      SocketChannel worker = connect(null);
      handshake.look();
      send(worker, TOKEN);
      found = found(worker);
      worker.close();
      selector.select(20);
      selector.selectedKeys().clear();
    }
  }

  @Test
  void look_wrongTokens_areClosed() throws IOException {
    SocketChannel wrong = connect("f".repeat(TOKEN.length()));
    SocketChannel worker = connect(TOKEN);
    assertThat(found()).isEqualTo(worker.getLocalAddress());
    assertThat(wrong.read(ByteBuffer.allocate(1))).isEqualTo(-1);
  }

  @Test
  void look_anotherUserWithTheToken_isTurnedAway() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/net/tcp")), "this system does not tell the user of a connection");
    assumeTrue(isRoot() && Files.isExecutable(Path.of("/usr/bin/setpriv")), "only root with setpriv can be another user");
    int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
    Path greeting = Files.createTempFile("greeting", null);
    Files.write(greeting, greeting(TOKEN).array());
    Files.setPosixFilePermissions(greeting, PosixFilePermissions.fromString("rw-r--r--"));
    Process other = new ProcessBuilder("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "bash", "-c",
        "exec 3<>/dev/tcp/127.0.0.1/" + port + "; cat '" + greeting + "' >&3; cat <&3").inheritIO().start();
    try {
      while (other.isAlive()) { // it ends when its connection is closed
        selector.select(100);
        selector.selectedKeys().clear();
        assertThat(handshake.look()).isNull();
      }
      SocketChannel worker = connect(TOKEN);
      assertThat(found()).isEqualTo(worker.getLocalAddress());
    } finally {
      other.destroyForcibly();
      other.waitFor(10, TimeUnit.SECONDS);
      Files.delete(greeting);
    }
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private SocketChannel connect(@Nullable String token) throws IOException {
    SocketChannel client = SocketChannel.open(server.getLocalAddress());
    clients.add(client);
    if (token != null) {
      send(client, token);
    }
    return client;
  }

  private static void send(SocketChannel client, String token) {
    try {
      ByteBuffer bytes = greeting(token);
      while (bytes.hasRemaining()) {
        client.write(bytes);
      }
    } catch (IOException e) {
      // closed already, as the test wants to see
    }
  }

  private static ByteBuffer greeting(String token) {
    ByteBuffer bytes = ByteBuffer.allocate(Handshake.greeting(token));
    bytes.putInt(token.length()).put(Frame.HELLO).position(Frame.HEADER);
    return bytes.put(token.getBytes(StandardCharsets.US_ASCII)).flip();
  }

  private SocketAddress found() throws IOException {
    SocketChannel found = handshake.look();
    while (found == null) {
      selector.select(100);
      selector.selectedKeys().clear();
      found = handshake.look();
    }
    clients.add(found);
    return found.getRemoteAddress();
  }

  /** Looks until the worker was taken, or its connection was closed. */
  private boolean found(SocketChannel worker) throws IOException {
    worker.configureBlocking(false);
    while (true) {
      SocketChannel found = handshake.look();
      if (found != null) {
        clients.add(found);
        return found.getRemoteAddress().equals(worker.getLocalAddress());
      }
      try {
        if (worker.read(ByteBuffer.allocate(1)) < 0) {
          return false;
        }
      } catch (IOException e) {
        return false;
      }
      selector.select(10);
      selector.selectedKeys().clear();
    }
  }
}
