package dev.heddle.subprocess.run;

import dev.heddle.base.Check;
import dev.heddle.base.ModuleLog;
import dev.heddle.futures.Future;
import dev.heddle.futures.spi.NonBlocking;
import dev.heddle.iter.Iter;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.CompletedProcess;
import dev.heddle.subprocess.RunningProcess;
import dev.heddle.subprocess.SubprocessException;
import dev.heddle.subprocess.io.CaptureSink;
import dev.heddle.subprocess.io.LineIter;
import dev.heddle.subprocess.io.OutputPump;
import dev.heddle.subprocess.io.PumpThreads;
import dev.heddle.subprocess.io.StreamSink;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The execution of one command that its user can follow while it runs. Thread-safe. */
public final class StartedProcess implements RunningProcess {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.subprocess");

  private final CommandExecution execution;
  private final Command command;
  private final Process process;
  private final CompletableFuture<CompletedProcess> end = new CompletableFuture<>();
  private final Future<CompletedProcess> future;
  private volatile boolean asked;

  /** Those of a streamed output: an iterator reads ahead, so what it has read would be missing for another one. */
  private final AtomicReference<@Nullable LineIter> lines = new AtomicReference<>();

  /** Starts a command. */
  public StartedProcess(Command command) {
    this.command = command;
    this.execution = new CommandExecution(List.of(command), command.timeout(), true);
    this.process = execution.first();
    Thread.ofVirtual().name("heddle-subprocess-" + process.pid()).start(this::await);
    this.future = Future.from(end);
    end.whenComplete((result, error) -> endIfCancelled());
  }

  private void await() {
    try {
      CompletedProcess result = execution.await().getFirst();
      end.complete(command.check() ? result.orThrow() : result);
    } catch (Throwable e) {
      end.completeExceptionally(e);
    }
  }

  private void endIfCancelled() {
    if (end.isCancelled()) {
      PumpThreads.execute(() -> {
        execution.end(execution.grace());
        execution.stopTaking();
      });
    }
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public OptionalInt poll() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  @Override
  public boolean waitFor(Duration timeout) throws InterruptedException {
    if (!timeout.isZero()) {
      refuseToBlock();
    }
    try {
      end.get(Check.nanos(Check.timeout(timeout)), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException | CancellationException e) {
      return !process.isAlive(); // it has ended with an error, which result() throws
    }
    return true;
  }

  @Override
  public CompletedProcess result() throws InterruptedException {
    refuseToBlock();
    try {
      return end.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SubprocessException failure) {
        throw failure;
      }
      throw new SubprocessException("waiting for '" + command.described() + "' failed", e.getCause());
    }
  }

  private void refuseToBlock() {
    if (!end.isDone()) {
      NonBlocking.check("waiting for the end of '" + command.described() + "'");
    }
  }

  @Override
  public Future<CompletedProcess> future() {
    return future;
  }

  @Override
  public OutputStream stdin() {
    return execution.input().stream();
  }

  @Override
  public InputStream stdout() {
    return stream(execution.stdout(), "stdout");
  }

  @Override
  public InputStream stderr() {
    return stream(execution.stderr(), "stderr");
  }

  private static InputStream stream(@Nullable OutputPump pump, String name) {
    return switch (pump == null ? null : pump.sink()) {
      case CaptureSink capture -> capture.view();
      case StreamSink stream -> stream.reader();
      case null, default -> throw new IllegalStateException(
          name + " is not readable here; start the command with Output.capture() or Output.stream() to read it");
    };
  }

  @Override
  public Iter<String> lines() {
    OutputPump pump = execution.stdout();
    if (pump != null && pump.sink() instanceof StreamSink stream) {
      lines.compareAndSet(null, new LineIter(stream.reader(), command.charset()));
      return Check.notNull(lines.get(), "lines");
    }
    return new LineIter(stdout(), command.charset());
  }

  @Override
  public void terminate() {
    if (!end.isDone()) {
      asked = true;
      execution.terminate();
    }
  }

  @Override
  public void kill() {
    if (!end.isDone()) {
      execution.kill();
    }
  }

  @Override
  public void close() {
    if (end.isDone() && !end.isCancelled()) {
      return;
    }
    if (asked || process.isAlive() || end.isCancelled()) {
      execution.end(execution.grace());
    }
    execution.stopTaking();
    boolean interrupted = Thread.interrupted();
    try {
      end.get(10, TimeUnit.SECONDS); // the processes have ended: only the rest of the output is to be read
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (ExecutionException | CancellationException e) {
      // result() throws it
    } catch (TimeoutException e) {
      LOG.ignored("reading the output of '" + command.described() + "' after its end", e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "RunningProcess[" + pid() + " " + command.described() + (process.isAlive() ? " runs]" : " has ended]");
  }
}
