package dev.heddle.flags;

import dev.heddle.asyncio.Async;
import dev.heddle.flags.client.FlagTransfer;
import java.net.URI;
import java.time.Duration;

/**
 * An HTTP client that downloads flags into a folder, one for each call, over persistent connections.
 *
 * <p>A flag that is already in the folder is downloaded only if it has changed, and an incomplete download is resumed. Each
 * call makes one request; {@link Downloader} adds retries.
 *
 * <p><b>Thread-safe.</b> {@link #download} blocks, for at most the client's time-out; an interrupt cancels the request.
 * {@link #downloadAsync} is for event loops.
 */
public final class FlagClient implements AutoCloseable {
  private final FlagTransfer transfer;

  /**
   * Creates a client of one server, with the default {@link TransferLimits}.
   *
   * @param base the base address of the flags, without a slash at the end; see {@link FlagServer#base}
   * @param folder the folder to download to
   * @param timeout the maximum time for a whole reply, to the last byte of its body; longer than zero
   * @param fresh whether to download files again that are already in the folder
   */
  public FlagClient(URI base, FlagFolder folder, Duration timeout, boolean fresh) {
    this(base, folder, DownloadOptions.defaults().withTimeout(timeout).withFresh(fresh));
  }

  /**
   * Creates a client of one server.
   *
   * @param base the base address of the flags, without a slash at the end; see {@link FlagServer#base}
   * @param folder the folder to download to
   * @param options the time-out, whether files are downloaded again, and the limits; the others are the {@link Downloader}'s
   */
  public FlagClient(URI base, FlagFolder folder, DownloadOptions options) {
    this.transfer = new FlagTransfer(base, folder.store(), options.timeout(), options.fresh(), options.limits());
  }

  /**
   * Downloads the flag of a country.
   *
   * @param code two capital letters
   * @return saved, unchanged or not found
   * @throws FlagException if the server answers anything else, does not answer in time, or the folder cannot be used
   * @throws InterruptedException if the calling thread is interrupted; the flag's file is never incomplete then
   */
  public FlagOutcome download(String code) throws FlagException, InterruptedException {
    return transfer.download(code, 1);
  }

  /**
   * Returns a coroutine that downloads the flag of a country on an event loop.
   *
   * <p>Cancelling it cancels the request; the flag's file is never incomplete then.
   *
   * @param code two capital letters
   * @return a coroutine that throws what {@link #download} throws, except InterruptedException
   */
  public Async<FlagOutcome> downloadAsync(String code) {
    return transfer.downloadAsync(code, 1);
  }

  /** Cancels the requests in progress and closes the connections; idempotent. */
  @Override
  public void close() {
    transfer.close();
  }
}
