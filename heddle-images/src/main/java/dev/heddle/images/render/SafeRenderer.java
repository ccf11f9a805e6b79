package dev.heddle.images.render;

import dev.heddle.base.Cells;
import dev.heddle.base.Describe;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskTimeoutException;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.images.ImagesException;
import dev.heddle.images.RenderLimits;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.ProcessPool;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Renders documents that may be hostile.
 *
 * <p>A document of simple elements, which most flags are, is rendered on the calling thread: its time and memory are bounded
 * by what it draws, and that is counted before. Any other is rendered in a worker process, which has a limit of its memory,
 * and is ended when the time is over. The processes are started when the first one is needed.
 *
 * <p>Thread-safe. {@link #render} blocks; an interrupt ends it.
 */
public final class SafeRenderer implements AutoCloseable {
  private static final long WORKER_HEAP = 384L << 20;

  private @Nullable Executor processes; // guarded by this, like closed
  private boolean closed;

  /** Creates a renderer without processes. */
  public SafeRenderer() {}

  /**
   * Renders a flag.
   *
   * @param width of the picture, in pixels; the height follows from the aspect ratio
   * @throws ImagesException.Unreadable if it is not an SVG document, or takes more than the limits allow
   * @throws InterruptedException if the calling thread is interrupted
   */
  public RenderedFlag render(SvgFlag svg, int width, RenderLimits limits) throws ImagesException, InterruptedException {
    SvgCost cost = SvgMeasure.of(svg);
    if (cost.isHopeless()) {
      throw new ImagesException.Unreadable(
          String.format("the flag of %s draws %.0f points with all its references, which would take too long; simplify it",
              svg.code(), cost.points()),
          null);
    }
    if (cost.simple()) {
      LoadedSvg document = LoadedSvg.of(svg);
      int height = document.height(width, limits);
      if (cost.isQuick(width, height, document.unit(width, height))) {
        return document.draw(width, height);
      }
    }
    return inProcess(svg, width, limits);
  }

  private RenderedFlag inProcess(SvgFlag svg, int width, RenderLimits limits) throws ImagesException, InterruptedException {
    TaskOptions options = TaskOptions.named(svg.code()).withTimeout(limits.timeout());
    try {
      Future<RenderTask.Pixels> future = processes().submit(options, new RenderTask(svg.code(), svg.bytes(), width, limits));
      try {
        return future.result().toFlag(svg.code(), width, limits);
      } finally {
        future.cancel(true); // no effect on one that is done
      }
    } catch (WaitInterruptedException e) {
      throw interrupted(e);
    } catch (TaskFailedException e) {
      throw unreadable(svg, e.getCause() instanceof TaskTimeoutException || e.getCause() == null
          ? tookTooLong(limits)
          : "could not be rendered: " + Cells.printable(String.valueOf(e.getCause().getMessage())), e);
    } catch (TaskTimeoutException e) {
      throw unreadable(svg, tookTooLong(limits), e);
    } catch (CancellationException | RejectedExecutionException e) {
      throw unreadable(svg, "was not rendered, because the client was closed before", e);
    }
  }

  private static InterruptedException interrupted(WaitInterruptedException cause) {
    Thread.interrupted(); // the exception says it
    InterruptedException interrupted = new InterruptedException("interrupted while a worker process rendered");
    interrupted.initCause(cause);
    return interrupted;
  }

  private static String tookTooLong(RenderLimits limits) {
    return "took longer to render than " + Describe.duration(limits.timeout())
        + ", and the worker process was ended; simplify it, or raise RenderLimits.timeout";
  }

  private static ImagesException unreadable(SvgFlag svg, String what, Throwable cause) {
    return new ImagesException.Unreadable("the flag of " + svg.code() + " " + what, cause);
  }

  private synchronized Executor processes() {
    if (closed) {
      throw new RejectedExecutionException("the renderer is closed");
    }
    Executor running = processes;
    if (running == null) {
      running = ProcessPool.of(
          Runtime.getRuntime().availableProcessors(),
          ProcessOptions.named("render").withJvm(jvm -> jvm.withHeap(WORKER_HEAP)));
      processes = running;
    }
    return running;
  }

  /** Ends the processes, and what they render; idempotent. */
  @Override
  public void close() {
    Executor running;
    synchronized (this) {
      closed = true;
      running = processes;
      processes = null;
    }
    if (running != null) {
      running.shutdownNow();
      running.close();
    }
  }
}
