package dev.heddle.flags;

import dev.heddle.futures.TaskCallable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The download of one flag by a worker process, which has a client of its own.
 *
 * @param base the address under which the flags are
 * @param folder where they go; the process that hands this out holds its lock
 * @param timeout how long a reply may take
 * @param fresh whether to download also what is there already
 * @param code the country
 */
record RemoteFlag(URI base, String folder, Duration timeout, boolean fresh, String code)
    implements
      TaskCallable<RemoteFlag.Reply> {
  /** One client for each site and folder, as long as the process lives: its connections are used again. */
  private static final ConcurrentHashMap<RemoteFlag, FlagClient> CLIENTS = new ConcurrentHashMap<>();

  /**
   * What a worker answers.
   *
   * @param kind as {@link FlagOutcome#kind}
   * @param bytes the size of the file
   * @param received how many of them came this time
   * @param sha256 the file's sum; null if it was not downloaded
   * @param etag what the server calls this version; null if it does not say
   */
  record Reply(String kind, long bytes, long received, @Nullable String sha256, @Nullable String etag)
      implements
        java.io.Serializable {}

  @Override
  public Reply call() throws FlagException, InterruptedException {
    RemoteFlag site = new RemoteFlag(base, folder, timeout, fresh, "");
    FlagClient client = CLIENTS.get(site);
    if (client == null) {
      client = new FlagClient(base, FlagFolder.onBehalf(Path.of(folder)), timeout, fresh);
      CLIENTS.put(site, client);
    }
    FlagOutcome outcome = client.download(code);
    return switch (outcome) {
      case FlagOutcome.Saved saved ->
        new Reply(saved.kind(), saved.bytes(), saved.received(), saved.sha256(), client.etag(code));
      default -> new Reply(outcome.kind(), 0, 0, null, null);
    };
  }
}
