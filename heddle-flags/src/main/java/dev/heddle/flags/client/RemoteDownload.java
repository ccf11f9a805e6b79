package dev.heddle.flags.client;

import dev.heddle.flags.FlagException;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.flags.TransferLimits;
import dev.heddle.flags.folder.FlagStore;
import dev.heddle.futures.TaskCallable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The download of one flag as a task for a worker process, which has a client of its own. Immutable.
 *
 * @param base the base address of the flags
 * @param folder the folder to download to; the parent process holds its lock
 * @param timeout the maximum time for a whole reply
 * @param fresh whether to download a file again that is already in the folder
 * @param limits the most that this process takes from the server
 * @param code the country's code
 */
public record RemoteDownload(
    URI base, String folder, Duration timeout, boolean fresh, TransferLimits limits, String code)
    implements
      TaskCallable<RemoteDownload.Reply> {
  /** One client for each server and folder, kept until the process ends, so that connections are reused. */
  private static final ConcurrentHashMap<RemoteDownload, FlagTransfer> CLIENTS = new ConcurrentHashMap<>();

  /**
   * The result of a download, as a worker process returns it.
   *
   * @param kind see {@link FlagOutcome#kind}
   * @param bytes the size of the file
   * @param received the number of bytes received by this download
   * @param sha256 the checksum of the file; null if it was not downloaded
   * @param etag the ETag of this version; null if the server sent none
   */
  public record Reply(String kind, long bytes, long received, @Nullable String sha256, @Nullable String etag)
      implements
        java.io.Serializable {}

  @Override
  public Reply call() throws FlagException, InterruptedException {
    RemoteDownload server = new RemoteDownload(base, folder, timeout, fresh, limits, "");
    FlagTransfer client = CLIENTS.get(server);
    if (client == null) {
      client = new FlagTransfer(base, FlagStore.ofWorker(Path.of(folder)), timeout, fresh, limits);
      CLIENTS.put(server, client);
    }
    FlagOutcome outcome = client.download(code, 1);
    return switch (outcome) {
      case FlagOutcome.Saved saved ->
        new Reply(saved.kind(), saved.bytes(), saved.received(), saved.sha256(), client.etag(code));
      default -> new Reply(outcome.kind(), 0, 0, null, null);
    };
  }
}
