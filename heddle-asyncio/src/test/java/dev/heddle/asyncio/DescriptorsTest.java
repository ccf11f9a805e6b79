package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A server whose peers have taken all file descriptors; its classes lie in a folder, from which none can be loaded then. */
@org.junit.jupiter.api.Timeout(120)
class DescriptorsTest {
  private static final int DESCRIPTORS = 120;
  private static final int FLOOD = 300;

  /** The server, in a process that has few descriptors. */
  static final class Echo {
    private Echo() {}

    public static void main(String[] args) {
      EventLoop.run(a -> {
        StreamServer server = StreamServer.listen(
            ListenOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            stream -> Async.action(b -> {
              for (String line = b.await(stream.readLine()); line != null; line = b.await(stream.readLine())) {
                stream.write(line + "\n");
              }
            }));
        System.out.println(((InetSocketAddress) server.addresses().getFirst()).getPort());
        return a.await(server.closed());
      });
    }
  }

  private static String echoed(Socket socket) throws IOException {
    socket.setSoTimeout(60_000);
    socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
    return new String(socket.getInputStream().readNBytes(6), StandardCharsets.US_ASCII);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no ulimit, and no sh")
  void serverWithoutDescriptors_goesOn_andAcceptsAgain() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process = new ProcessBuilder(
        "sh", "-c", "ulimit -n " + DESCRIPTORS + "; exec \"$0\" -XX:-MaxFDLimit -cp \"$1\" \"$2\"", java,
        System.getProperty("java.class.path"), Echo.class.getName())
        .redirectErrorStream(true).start();
    CompletableFuture.delayedExecutor(90, TimeUnit.SECONDS).execute(process.toHandle()::destroyForcibly); // ends all waits
    List<Socket> flood = new ArrayList<>();
    List<String> printed;
    try (BufferedReader output = process.inputReader()) {
      int port = Integer.parseInt(output.readLine());
      for (int i = 0; i < FLOOD; i++) {
        flood.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      assertThat(echoed(flood.getFirst())).isEqualTo("hello\n");
      String reported = output.readLine(); // the time and the place; the server has no descriptors now
      assertThat(reported).isNotNull();
      for (Socket each : flood) {
        each.close();
      }
      for (int i = 0; i < 3; i++) {
        try (Socket next = new Socket(InetAddress.getLoopbackAddress(), port)) {
          assertThat(echoed(next)).isEqualTo("hello\n");
        }
      }
      process.toHandle().destroy(); // process.destroy() would close the output
      printed = output.lines().toList();
    } finally {
      process.destroyForcibly();
      for (Socket each : flood) {
        each.close();
      }
    }
    assertThat(printed).filteredOn(line -> line.startsWith("WARNING")).singleElement().asString()
        .contains("accepting a connection failed, and is retried when one has ended");
  }
}
