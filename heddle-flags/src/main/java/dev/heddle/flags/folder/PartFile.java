package dev.heddle.flags.folder;

import dev.heddle.flags.FlagException;
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
 * A file that is being downloaded, under a temporary name until it is complete. A second file holds the ETag of its version,
 * so that a later download resumes it only if the server still has that version.
 *
 * <p>Thread-safe: the HTTP client writes on its own threads, while the downloading thread may close this.
 */
public final class PartFile implements AutoCloseable {
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
   * Finds the incomplete file of an earlier download; writes nothing.
   *
   * @param fresh whether to ignore that file
   */
  public static PartFile of(Path target, boolean fresh) throws FlagException.Folder {
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

  /** The number of bytes that an earlier download has left. */
  public long offset() {
    return offset;
  }

  /** The ETag of those bytes; null if there are none. */
  public @Nullable String etag() {
    return etag;
  }

  /**
   * Returns a subscriber that writes a body to the file.
   *
   * @param append whether the body continues the bytes of the earlier download
   * @param newEtag the ETag of the body's version; null if the server sent none, and then it cannot be resumed
   */
  public BodySubscriber<Long> receive(boolean append, @Nullable String newEtag) {
    return new Receiver(append, newEtag);
  }

  private synchronized void open(boolean append, @Nullable String newEtag) throws IOException {
    if (closed) {
      throw new IOException("the download was cancelled");
    }
    if (append) {
      channel = FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      return;
    }
    // In this order, a crash between the two leaves a part without an ETag, which is not resumed.
    Files.deleteIfExists(version);
    channel = FileChannel.open(
        part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    // A weak ETag (W/"…") does not guarantee identical bytes.
    resumable = newEtag != null && newEtag.startsWith("\"");
    if (resumable && newEtag != null) {
      Files.writeString(version, newEtag);
    }
  }

  private synchronized int write(ByteBuffer bytes) throws IOException {
    if (channel == null) {
      throw new IOException("the download was cancelled");
    }
    int written = 0;
    while (bytes.hasRemaining()) {
      written += channel.write(bytes);
    }
    return written;
  }

  /** Moves the complete file to its final name and replaces an older one. */
  public synchronized void complete() throws FlagException.Folder {
    try {
      closeChannel();
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      resumable = false;
    } catch (IOException e) {
      throw FlagException.Folder.notWritable(target, e);
    }
  }

  /** Marks the bytes as not resumable, because the server has another version or writing failed; {@link #close} deletes them. */
  public synchronized void discard() {
    resumable = false;
  }

  /** Ends the download. An incomplete file is kept only if a later download can resume it. */
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

  /** Writes a body to the file as it arrives; its result is the number of bytes. */
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
        fail(e);
      }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      try {
        for (ByteBuffer each : buffers) {
          received += write(each);
        }
      } catch (IOException e) {
        fail(e);
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

    private void fail(IOException cause) {
      if (subscription != null) {
        subscription.cancel();
      }
      discard();
      body.completeExceptionally(FlagException.Folder.notWritable(part, cause));
    }
  }
}
