package dev.heddle.benchmarks.asyncio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** One peer that sends and reads as fast as it can, while the others are measured. */
record Flood(EchoLoad others) implements EchoServers.Load<EchoLoad.Figures> {
  @Override
  @SuppressWarnings("try") // to close the socket is what ends its threads, which are then waited for
  public EchoLoad.Figures on(int port) throws Exception {
    try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port)) {
      Thread writer = Thread.ofPlatform().name("flood-writer").start(() -> write(peer));
      Thread reader = Thread.ofPlatform().name("flood-reader").start(() -> read(peer));
      try {
        return others.on(port);
      } finally {
        peer.close();
        writer.join();
        reader.join();
      }
    }
  }

  private static void write(Socket peer) {
    byte[] some = new byte[64 * 1_024];
    try (OutputStream out = peer.getOutputStream()) {
      while (true) {
        out.write(some);
      }
    } catch (IOException e) {
      // closed: the measurement is over
    }
  }

  private static void read(Socket peer) {
    byte[] buffer = new byte[64 * 1_024];
    try (InputStream in = peer.getInputStream()) {
      while (in.read(buffer) >= 0) {
        // on to the next
      }
    } catch (IOException e) {
      // closed: the measurement is over
    }
  }
}
