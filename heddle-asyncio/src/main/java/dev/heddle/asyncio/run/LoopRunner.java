package dev.heddle.asyncio.run;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopOptions;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.Runner;
import dev.heddle.base.Check;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A loop that is entered for each run. */
public final class LoopRunner implements Runner {
  private final RunningLoop loop;
  private boolean closed;

  /** Those of a run in which the process was asked to end; null if there was none. */
  private @Nullable ProcessSignals signalled;

  /** A runner whose loop belongs to the calling thread. */
  public LoopRunner(LoopOptions options) {
    loop = new RunningLoop(Check.notNull(options, "options"));
  }

  @Override
  public <T extends @Nullable Object> T run(Async<T> main) {
    Check.notNull(main, "main");
    if (closed) {
      main.close();
      throw new LoopStateException("this runner was closed, and its loop has ended; make a new one with Runner.create()");
    }
    return loop.within("Runner.run", () -> MainRun.ofRunner(loop, main).resultOfRun(this::ranWith));
  }

  private void ranWith(ProcessSignals signals) {
    if (signals.hasReceived()) {
      signalled = signals;
    }
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public void close() {
    if (!closed) {
      loop.<@Nullable Void>within("Runner.close", () -> {
        closed = true;
        CountDownLatch ended = new CountDownLatch(1);
        if (signalled != null) {
          signalled.waitFor(ended);
        }
        try {
          MainRun.end(loop);
        } finally {
          ended.countDown();
        }
        return null;
      });
    }
  }
}
