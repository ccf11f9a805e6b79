package dev.heddle.flags;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being downloaded, under a name of its own until it is complete. The version it is a part of stands in a
 * second file beside it, so that a later download goes on only with the same version.
 *
 * <p>Thread-safe: the HTTP client writes on its own threads while the downloading one may give up.
 */
final class PartFile implements AutoCloseable {
  private final Path target;
  private final Path part;
  private final Path version;
  private final long offset;
  private final @Nullable String etag;
  private @Nullable FileChannel channel; // guarded by this; null when nothing is being received
  private boolean resumable; // guarded by this
  private boolean closed; // guarded by this

  private PartFile(Path target, Path part, Path version, long offset, @Nullable String etag) {
    this.target = target;
    this.part = part;
    this.version = version;
    this.offset = offset;
    this.etag = etag;
    this.resumable = offset > 0;
  }

  /**
   * Looks for what an earlier download left; writes nothing yet.
   *
   * @param fresh whether to disregard it
   */
  static PartFile of(Path target, boolean fresh) throws FlagException.Folder {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    Path version = target.resolveSibling(target.getFileName() + ".part.etag");
    try {
      if (!fresh && Files.isRegularFile(part) && Files.isRegularFile(version)) {
        return new PartFile(target, part, version, Files.size(part), Files.readString(version));
      }
      return new PartFile(target, part, version, 0, null);
    } catch (IOException e) {
      throw new FlagException.Folder("cannot read " + part + ": " + e.getMessage(), e);
    }
  }

  /** How many bytes are there already. */
  long offset() {
    return offset;
  }

  /** Of which version they are; null if there are none. */
  @Nullable
  String etag() {
    return etag;
  }

  /**
   * Takes a body.
   *
   * @param append whether it is the rest of what is there already
   * @param newEtag the version it is of; null if the server does not say, and then it cannot be resumed
   */
  BodySubscriber<Long> receive(boolean append, @Nullable String newEtag) {
    return new Receiver(append, newEtag);
  }

  private synchronized void open(boolean append, @Nullable String newEtag) throws IOException {
    if (closed) {
      throw new IOException("given up");
    }
    if (append) {
      channel = FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      return;
    }
    // In this order a crash in between leaves a part without a version, which is not resumed.
    Files.deleteIfExists(version);
    channel = FileChannel.open(
        part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    // A weak ETag (W/"…") does not promise the same bytes.
    resumable = newEtag != null && newEtag.startsWith("\"");
    if (resumable && newEtag != null) {
      Files.writeString(version, newEtag);
    }
  }

  private synchronized int write(ByteBuffer bytes) throws IOException {
    if (channel == null) {
      throw new IOException("given up");
    }
    int written = 0;
    while (bytes.hasRemaining()) {
      written += channel.write(bytes);
    }
    return written;
  }

  /** Gives the complete file its final name, in place of an older one if there is one. */
  synchronized void complete() throws FlagException.Folder {
    try {
      closeChannel();
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      resumable = false;
    } catch (IOException e) {
      throw FlagException.Folder.notWritable(target, e);
    }
  }

  /** Forgets what is there: the server has another version, or the disk is full and should not stay so. */
  synchronized void discard() {
    resumable = false;
  }

  /** Ends the download. An incomplete file is kept only if a later download can go on with it. */
  @Override
  public synchronized void close() throws FlagException.Folder {
    closed = true;
    try {
      closeChannel();
      if (!resumable) {
        Files.deleteIfExists(part);
        Files.deleteIfExists(version);
      }
    } catch (IOException e) {
      throw FlagException.Folder.notWritable(part, e);
    }
  }

  private synchronized void closeChannel() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }

  /** Writes a body to the file as it comes; its result is the number of bytes. */
  private final class Receiver implements BodySubscriber<Long> {
    private final boolean append;
    private final @Nullable String newEtag;
    private final CompletableFuture<Long> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long received;

    Receiver(boolean append, @Nullable String newEtag) {
      this.append = append;
      this.newEtag = newEtag;
    }

    @Override
    public CompletionStage<Long> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      try {
        open(append, newEtag);
        subscription.request(Long.MAX_VALUE);
      } catch (IOException e) {
        giveUp(e);
      }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      try {
        for (ByteBuffer each : buffers) {
          received += write(each);
        }
      } catch (IOException e) {
        giveUp(e);
      }
    }

    @Override
    public void onError(Throwable failure) {
      body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      body.complete(received);
    }

    private void giveUp(IOException cause) {
      if (subscription != null) {
        subscription.cancel();
      }
      discard();
      body.completeExceptionally(FlagException.Folder.notWritable(part, cause));
    }
  }
}
