package dev.heddle.futures.limit;

import dev.heddle.futures.Future;
import dev.heddle.futures.Limit;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.RunningTask;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Two limits: a permit of the second is asked for when one of the first is held. Thread-safe. */
public record ChainedLimit(Limit first, Limit second) implements Limit {

  @Override
  public Future<Permit> acquire() {
    Chain chain = new Chain();
    PermitFuture both = new PermitFuture(chain, null);
    chain.await(first.acquire(), both,
        one -> chain.await(second.acquire(), both, two -> both.grant(new Both(one, two)), one), null);
    return both;
  }

  @Override
  public String toString() {
    return first + " and " + second;
  }

  private interface Next {
    void go(Permit permit);
  }

  /** The wait for one of the two permits after the other. */
  private final class Chain implements PermitFuture.Queued {
    private volatile @Nullable Future<Permit> current;

    void await(Future<Permit> permit, PermitFuture both, Next next, @Nullable Permit held) {
      current = permit;
      if (both.isDone()) { // cancelled before it could see this wait
        permit.cancel(true);
      }
      ((CoreFuture<Permit>) permit).addDoneCallback(done -> ended((CoreFuture<Permit>) done, both, next, held));
    }

    private void ended(CoreFuture<Permit> done, PermitFuture both, Next next, @Nullable Permit held) {
      Throwable failure = done.isCancelled() ? new CancellationException(done + " was cancelled") : done.failure();
      if (failure == null) {
        try {
          next.go(done.result());
          return;
        } catch (Throwable e) { // of a limit of the user's own
          failure = e;
          done.result().close();
        }
      }
      if (held != null) {
        held.close();
      }
      both.fail(failure);
    }

    @Override
    public void gaveUp(PermitFuture waiting) {
      Future<Permit> awaited = current;
      if (awaited != null) {
        awaited.cancel(true);
      }
    }

    @Override
    public boolean isIdle() {
      return current instanceof CoreFuture<?> awaited && awaited.isIdle();
    }

    @Override
    public List<RunningTask> holders() {
      return List.of();
    }

    @Override
    public String toString() {
      return ChainedLimit.this.toString();
    }
  }

  /** Two permits that are closed in the opposite order. */
  private static final class Both implements Permit {
    private final Permit one;
    private final Permit two;
    private final AtomicBoolean closed = new AtomicBoolean();

    Both(Permit one, Permit two) {
      this.one = one;
      this.two = two;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        try {
          two.close();
        } finally {
          one.close();
        }
      }
    }
  }
}
