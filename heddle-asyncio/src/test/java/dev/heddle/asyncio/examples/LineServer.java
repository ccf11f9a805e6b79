package dev.heddle.asyncio.examples;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.AsyncIterator;
import dev.heddle.asyncio.ByteStream;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.ListenOptions;
import dev.heddle.asyncio.StreamServer;
import dev.heddle.asyncio.TlsOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The TLS line server of docs/asyncio.md. */
public final class LineServer {
  private LineServer() {}

  // begin: answer
  /** Answers each line in capitals. */
  public static Async<@Nullable Void> answer(ByteStream stream) {
    return Async.action(a -> {
      AsyncIterator<String> lines = stream.lines();
      while (a.await(lines.hasNext())) {
        stream.write(lines.next().toUpperCase(Locale.ROOT) + "\n");
        a.await(stream.drain());
      }
    });
  }
  // end: answer

  @SuppressWarnings("SystemOut")
  private static void print(Object what) {
    System.out.println(what);
  }

  // begin: main
  /** Serves until SIGTERM or SIGINT, and then answers what was asked before it ends. */
  public static void main(String[] args) throws IOException {
    TlsOptions tls = TlsOptions.ofKeyStore(Path.of(args[0]), args[1].toCharArray());
    ListenOptions options = ListenOptions.at(new InetSocketAddress("localhost", Integer.parseInt(args[2]))).withTls(tls);
    EventLoop.run(Async.action(a -> {
      try (StreamServer server = StreamServer.listen(options, LineServer::answer)) {
        print("serving at " + server.addresses());
        try {
          a.await(server.closed()); // until a signal cancels the wait
        } finally {
          a.await(server.shutdown(Duration.ofSeconds(5)));
          print("shut down");
        }
      }
    }));
  }
  // end: main
}
