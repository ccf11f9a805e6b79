package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** UDP on the loopback interface, in real time. */
class DatagramTest extends LoopContract {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  private void live(AsyncAction body) {
    EventLoop.run(LoopOptions.defaults().withProblems(problems::add), body);
    assertThat(problems).isEmpty();
  }

  private static DatagramEndpoint open() throws IOException {
    return DatagramEndpoint.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @Test
  void messages_goThereAndBack_withTheirSenders() {
    live(a -> {
      try (DatagramEndpoint server = open(); DatagramEndpoint client = DatagramEndpoint.connect(server.localAddress())) {
        Asyncio.createTask(Async.action(b -> {
          for (int i = 0; i < 2; i++) {
            Datagram request = b.await(server.receive());
            b.await(server.send("echo " + request.text(), request.sender()));
          }
        }));
        a.await(client.send("one"));
        Datagram one = a.await(Asyncio.timeout(PATIENCE, client.receive()));
        assertThat(one.text()).isEqualTo("echo one");
        assertThat(one.sender()).isEqualTo(server.localAddress()).isEqualTo(client.remoteAddress());
        assertThatThrownBy(() -> a.await(client.send(new byte[0]))).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("empty");
        try (DatagramEndpoint other = open()) {
          a.await(other.send(new byte[0], server.localAddress()));
          assertThat(a.await(Asyncio.timeout(PATIENCE, other.receive())).text()).isEqualTo("echo ");
        }
      }
    });
  }

  @Test
  void messages_ofAndToThePlainSocketsOfTheJdk() {
    live(a -> {
      try (DatagramEndpoint endpoint = open();
          DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
        byte[] data = "from the JDK".getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(data, data.length, endpoint.localAddress()));
        Datagram got = a.await(Asyncio.timeout(PATIENCE, endpoint.receive()));
        assertThat(got.text()).isEqualTo("from the JDK");
        a.await(endpoint.send(new byte[60_000], got.sender()));
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        socket.setSoTimeout(20_000);
        a.await(Asyncio.toThread(() -> {
          socket.receive(packet);
          return null;
        }));
        assertThat(packet.getLength()).isEqualTo(60_000);
      }
    });
  }

  @Test
  void cancelledReceive_losesNoMessage() {
    live(a -> {
      try (DatagramEndpoint server = open(); DatagramEndpoint client = DatagramEndpoint.connect(server.localAddress())) {
        Task<Datagram> waiting = Asyncio.createTask(server.receive());
        a.await(Asyncio.yieldNow());
        a.await(Asyncio.yieldNow());
        waiting.cancel();
        a.await(ended(waiting));
        assertThat(waiting.isCancelled()).isTrue();
        a.await(client.send("kept"));
        assertThat(a.await(Asyncio.timeout(PATIENCE, server.receive())).text()).isEqualTo("kept");
      }
    });
  }

  @Test
  void secondReceiver_andSecondAwait_areRefused() {
    live(a -> {
      try (DatagramEndpoint endpoint = open()) {
        Task<Datagram> waiting = Asyncio.createTask(endpoint.receive());
        a.await(Asyncio.yieldNow());
        a.await(Asyncio.yieldNow());
        assertThatThrownBy(() -> a.await(endpoint.receive()))
            .isInstanceOf(LoopStateException.class)
            .hasMessageContaining("another task is receiving");
        Awaitable<@Nullable Void> sent = endpoint.send("x", endpoint.localAddress());
        a.await(sent);
        assertThatThrownBy(() -> a.await(sent)).isInstanceOf(LoopStateException.class)
            .hasMessageContaining("already awaited");
        assertThat(a.await(Asyncio.timeout(PATIENCE, waiting)).text()).isEqualTo("x");
      }
    });
  }

  @Test
  void close_endsTheWaits() {
    live(a -> {
      DatagramEndpoint endpoint = open();
      Task<Datagram> waiting = Asyncio.createTask(endpoint.receive());
      a.await(Asyncio.yieldNow());
      a.await(Asyncio.yieldNow());
      InetSocketAddress address = endpoint.localAddress();
      endpoint.close();
      endpoint.close();
      assertThatThrownBy(() -> a.await(waiting)).isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(() -> a.await(endpoint.receive())).isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(() -> a.await(endpoint.send("x", address))).isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(endpoint::localAddress).isInstanceOf(IOException.class);
      DatagramEndpoint.bind(address).close(); // the port is free
    });
  }

  @Test
  void unreachablePeer_isToldToAConnectedEndpoint() {
    live(a -> {
      DatagramEndpoint gone = open();
      try (DatagramEndpoint client = DatagramEndpoint.connect(gone.localAddress())) {
        gone.close();
        a.await(client.send("to no one"));
        assertThatThrownBy(() -> a.await(Asyncio.timeout(PATIENCE, client.receive())))
            .isInstanceOf(PortUnreachableException.class);
      }
    });
  }

  @Test
  void badInput_isNamed() {
    live(a -> {
      try (DatagramEndpoint endpoint = open(); DatagramEndpoint client = DatagramEndpoint.connect(endpoint.localAddress())) {
        InetSocketAddress address = endpoint.localAddress();
        assertThatThrownBy(() -> DatagramEndpoint.bind(address))
            .isInstanceOf(BindException.class)
            .hasMessageContaining(String.valueOf(address.getPort()));
        assertThatThrownBy(() -> a.await(endpoint.send("x"))).isInstanceOf(LoopStateException.class)
            .hasMessageContaining("not connected");
        assertThatThrownBy(() -> a.await(client.send("x", new InetSocketAddress(address.getAddress(), 9))))
            .isInstanceOf(LoopStateException.class)
            .hasMessageContaining("is connected");
        assertThatThrownBy(() -> a.await(endpoint.send(new byte[65_508], address)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("65508");
        assertThatThrownBy(() -> a.await(endpoint.send("x", InetSocketAddress.createUnresolved("nowhere.invalid", 1))))
            .isInstanceOf(UnknownHostException.class)
            .hasMessageContaining("not resolved");
        endpoint.setOption(StandardSocketOptions.SO_RCVBUF, 100_000);
      }
    });
  }

  @Test
  void virtualTime_hasNoSockets() {
    assertThatThrownBy(() -> run(_ -> open())).isInstanceOf(LoopStateException.class).hasMessageContaining("virtual time");
  }

  @Test
  void manySenders_oneReceiver_allArriveOnLoopback() {
    live(a -> {
      try (DatagramEndpoint server = open()) {
        server.setOption(StandardSocketOptions.SO_RCVBUF, 1_000_000);
        InetSocketAddress address = server.localAddress();
        TaskGroup group = TaskGroup.create();
        a.await(group.run(b -> {
          for (int i = 0; i < 50; i++) {
            String text = "message " + i;
            group.createTask(Async.action(c -> {
              try (DatagramEndpoint client = DatagramEndpoint.connect(address)) {
                c.await(client.send(text));
              }
            }));
          }
          List<String> all = new java.util.ArrayList<>();
          while (all.size() < 50) {
            all.add(b.await(Asyncio.timeout(PATIENCE, server.receive())).text());
          }
          assertThat(all).doesNotHaveDuplicates().contains("message 0", "message 49");
        }));
      }
    });
  }

  @Test
  void secondReceiver_isRefused_beforeItTakesTheMessageOfTheFirst() {
    live(a -> {
      try (DatagramEndpoint server = open(); DatagramSocket client = new DatagramSocket()) {
        Task<Datagram> first = Asyncio.createTask(server.receive());
        a.await(Asyncio.yieldNow());
        byte[] data = "for the first".getBytes(StandardCharsets.UTF_8);
        client.send(new DatagramPacket(data, data.length, server.localAddress())); // the loop does not poll before the next await
        assertThatThrownBy(() -> a.await(server.receive())).isInstanceOf(LoopStateException.class)
            .hasMessageContaining("another task is receiving");
        assertThat(a.await(Asyncio.timeout(PATIENCE, first)).text()).isEqualTo("for the first");
      }
    });
  }
}
