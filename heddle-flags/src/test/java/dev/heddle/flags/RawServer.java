package dev.heddle.flags;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A server that sends any bytes, whether they are HTTP or not. */
final class RawServer implements AutoCloseable {
  private final ServerSocket listening;
  private final Thread thread;
  private volatile boolean closed;

  /** Writes a reply to a request whose headers have been read. */
  @FunctionalInterface
  interface Reply {
    void write(OutputStream out) throws IOException;
  }

  private RawServer(Reply reply) throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread = Thread.ofVirtual().name("flag-raw-server").start(() -> serve(reply));
  }

  /** Starts a server that answers each connection once, and closes it. */
  static RawServer start(Reply reply) throws IOException {
    return new RawServer(reply);
  }

  private void serve(Reply reply) {
    while (!closed) {
      try (Socket socket = listening.accept()) {
        BufferedReader request = new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String line = request.readLine();
        while (line != null && !line.isEmpty()) {
          line = request.readLine();
        }
        reply.write(socket.getOutputStream());
        socket.getOutputStream().flush();
      } catch (IOException e) {
        // the client has had enough, or this is closed
      }
    }
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/flags");
  }

  @Override
  public void close() throws IOException {
    closed = true;
    listening.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
