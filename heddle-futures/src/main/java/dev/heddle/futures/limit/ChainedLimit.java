package dev.heddle.futures.limit;

import dev.heddle.base.Check;
import dev.heddle.futures.Future;
import dev.heddle.futures.Limit;
import dev.heddle.futures.Permit;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.IgnoredErrors;
import dev.heddle.futures.core.RunningTask;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Two limits: a permit of the second is asked for when one of the first is held. Thread-safe. */
public record ChainedLimit(Limit first, Limit second) implements OwnedLimit {

  @Override
  public Future<Permit> acquire() {
    return acquire(null);
  }

  @Override
  public PermitFuture acquire(PermitFuture.@Nullable Holder holder) {
    Chain chain = new Chain(holder);
    PermitFuture both = new PermitFuture(chain, holder);
    chain.await(chain.ask(first), both, null);
    return both;
  }

  @Override
  public String toString() {
    return first + " and " + second;
  }

  /** The wait for one of the two permits after the other. */
  private final class Chain implements PermitFuture.Queued {
    private final PermitFuture.@Nullable Holder holder;
    private volatile @Nullable Future<Permit> current;

    Chain(PermitFuture.@Nullable Holder holder) {
      this.holder = holder;
    }

    Future<Permit> ask(Limit limit) {
      return limit instanceof OwnedLimit own ? own.acquire(holder) : Check.notNull(limit.acquire(), "the future of a limit");
    }

    void await(Future<Permit> wanted, PermitFuture both, @Nullable Held one) {
      current = wanted;
      if (both.isDone()) { // cancelled before it could see this wait
        wanted.cancel(true);
      }
      CoreFuture<Permit> asked = (CoreFuture<Permit>) wanted;
      if (!asked.observe(_ -> ended(asked, both, one))) {
        ended(asked, both, one);
      }
    }

    private void ended(CoreFuture<Permit> done, PermitFuture both, @Nullable Held one) {
      Throwable failure = done.isCancelled() ? new CancellationException(done + " was cancelled") : done.failure();
      if (failure != null) {
        done.ignoreFailure(); // the future of both has it
        end(one, both, failure);
        return;
      }
      Held got = new Held(done, done.result());
      if (one != null) {
        both.grant(new Both(one, got));
      } else if (both.isDone()) {
        got.takeBack();
      } else {
        awaitSecond(got, both);
      }
    }

    private void awaitSecond(Held one, PermitFuture both) {
      Future<Permit> wanted;
      try {
        wanted = ask(second);
      } catch (Throwable e) { // of a limit of the user's own
        end(one, both, e);
        return;
      }
      await(wanted, both, one);
    }

    private void end(@Nullable Held one, PermitFuture both, Throwable failure) {
      if (one != null) {
        one.takeBack();
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
    public void takeBack(Permit unused) {
      if (unused instanceof Both both) {
        both.takeBack();
      } else {
        unused.close();
      }
    }

    /** Returns those of the permit that is waited for now. */
    @Override
    public List<RunningTask> holders() {
      return current instanceof PermitFuture own ? own.heldUpBy() : List.of();
    }

    @Override
    public String toString() {
      return ChainedLimit.this.toString();
    }
  }

  /** A permit, and the future that it was granted to. */
  private record Held(CoreFuture<Permit> wanted, Permit permit) {

    /** Gives back a permit that was not used; never throws, although the limit may be user code. */
    void takeBack() {
      try {
        if (wanted instanceof PermitFuture own) {
          own.takeBack(permit);
        } else {
          permit.close();
        }
      } catch (Throwable e) {
        IgnoredErrors.log("a limit whose permit was given back", e);
      }
    }
  }

  /** Two permits that are closed in the opposite order. */
  private static final class Both implements Permit {
    private final Held one;
    private final Held two;
    private final AtomicBoolean closed = new AtomicBoolean();

    Both(Held one, Held two) {
      this.one = one;
      this.two = two;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        try {
          two.permit.close();
        } finally {
          one.permit.close();
        }
      }
    }

    void takeBack() {
      if (closed.compareAndSet(false, true)) {
        two.takeBack();
        one.takeBack();
      }
    }
  }
}
