package dev.heddle.asyncio.io;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.task.OwnLookup;
import dev.heddle.base.Check;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file to a stream, a piece at a time. */
final class FileWriting {
  /** Twice the amount above which a drain waits, so that there is a wait for each piece and no more than one in memory. */
  private static final int PIECE = 128 * 1024;

  private FileWriting() {}

  static Async<Long> write(LoopStream stream, Path file) {
    Check.notNull(file, "file");
    return Async.of(
        OwnLookup.HERE,
        a -> {
          InputStream in = a.await(Asyncio.toThread(() -> Files.newInputStream(file)));
          long sum = 0;
          try {
            for (byte[] piece = a.await(piece(in)); piece.length > 0; piece = a.await(piece(in))) {
              stream.write(piece);
              a.await(stream.drain());
              sum += piece.length;
            }
          } finally {
            in.close();
          }
          return sum;
        });
  }

  private static dev.heddle.asyncio.Awaitable<byte[]> piece(InputStream in) {
    return Asyncio.toThread(() -> in.readNBytes(PIECE));
  }
}
