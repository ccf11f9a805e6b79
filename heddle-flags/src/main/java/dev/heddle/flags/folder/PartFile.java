package dev.heddle.flags.folder;

import dev.heddle.base.files.PrivateFiles;
import dev.heddle.flags.FlagException;
import dev.heddle.flags.http.RefusedReplyException;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
  private static final int LONGEST_ETAG = 1024;

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
   * @param most the size of the largest file; a part that is not smaller is ignored
   * @throws FlagException.Folder if it is no file of this user
   */
  public static PartFile of(Path target, boolean fresh, long most) throws FlagException.Folder {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    Path version = target.resolveSibling(target.getFileName() + ".part.etag");
    try {
      boolean hasPart = isOwn(part); // both are checked, since both may be written later
      boolean hasVersion = isOwn(version);
      long size = hasPart && hasVersion && !fresh ? Files.size(part) : 0;
      String etag = size > 0 && size < most ? etag(version) : null;
      return new PartFile(target, part, version, etag == null ? 0 : size, etag);
    } catch (IOException e) {
      throw FlagException.Folder.notReadable(part, e);
    }
  }

  /** Returns whether a file exists; fails if it is a link, a pipe, of another user or the like. */
  private static boolean isOwn(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    PrivateFiles.check(file, PrivateFiles.Type.FILE);
    return true;
  }

  private static @Nullable String etag(Path version) throws IOException {
    return Files.size(version) > LONGEST_ETAG
        ? null
        : ETags.checked(Files.readString(version, StandardCharsets.ISO_8859_1));
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
      channel = PrivateFiles.open(part, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      return;
    }
    // In this order, a crash between the two leaves a part without an ETag, which is not resumed.
    Files.deleteIfExists(version);
    channel = PrivateFiles.openOrCreate(part, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    // A weak ETag (W/"…") does not guarantee identical bytes.
    resumable = ETags.isStrong(newEtag);
    if (resumable && newEtag != null) {
      try (FileChannel file = PrivateFiles.createFile(version)) {
        file.write(ByteBuffer.wrap(newEtag.getBytes(StandardCharsets.ISO_8859_1)));
      }
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

  /**
   * Marks the bytes as not resumable, because the server has another version or writing failed; {@link #close} deletes them.
   */
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
      if (failure instanceof RefusedReplyException) {
        discard();
      }
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
