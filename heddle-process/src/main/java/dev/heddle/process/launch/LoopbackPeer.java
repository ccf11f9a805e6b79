package dev.heddle.process.launch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells which user the other end of a loopback connection belongs to, where the system says so: Linux lists the sockets of
 * its network with their users in {@code /proc/net/tcp} and {@code tcp6}.
 */
final class LoopbackPeer {
  private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final String LOOPBACK = "0100007F"; // 127.0.0.1 as the tables write it; at the end of a mapped address, too
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int STATE = 3;
  private static final int USER = 7;
  private static final String ESTABLISHED = "01";

  private LoopbackPeer() {}

  /** Tells whether the other end is certainly another user's; false also where the system does not say whose it is. */
  static boolean isOfAnotherUser(SocketChannel socket) {
    try {
      if (socket.getRemoteAddress() instanceof InetSocketAddress peer
          && socket.getLocalAddress() instanceof InetSocketAddress own
          && peer.getAddress().isLoopbackAddress()) {
        String user = user(peer.getPort(), own.getPort());
        return user != null && !user.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString());
      }
      return false;
    } catch (IOException | UnsupportedOperationException e) {
      return false; // closed meanwhile, or no Linux
    }
  }

  private static @Nullable String user(int port, int toPort) throws IOException {
    String local = end(port);
    String remote = end(toPort);
    for (Path table : TABLES) {
      if (Files.isReadable(table)) {
        try (Stream<String> lines = Files.lines(table, StandardCharsets.US_ASCII)) {
          String user = lines.map(line -> line.strip().split("\\s+"))
              .filter(fields -> fields.length > USER && fields[LOCAL].endsWith(local) && fields[REMOTE].endsWith(remote)
                  && fields[STATE].equals(ESTABLISHED))
              .map(fields -> fields[USER])
              .findFirst()
              .orElse(null);
          if (user != null) {
            return user;
          }
        }
      }
    }
    return null;
  }

  private static String end(int port) {
    return LOOPBACK + ":" + "%04X".formatted(port);
  }
}
