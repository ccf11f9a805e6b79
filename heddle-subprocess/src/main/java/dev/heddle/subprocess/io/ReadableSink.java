package dev.heddle.subprocess.io;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A sink that can be read while a pump fills it: the lock, the condition and the end that both sides share. Thread-safe. */
public abstract class ReadableSink implements OutputSink {
  final ReentrantLock lock = new ReentrantLock();

  /** Signalled when there are more bytes, more space, or the end. */
  final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private boolean ended;
  private @Nullable Throwable failure;

  @Override
  public final void end() {
    endWith(null);
  }

  @Override
  public final void fail(Throwable error) {
    endWith(error);
  }

  private void endWith(@Nullable Throwable error) {
    lock.lock();
    try {
      failure = error == null ? failure : error;
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  final boolean hasEnded() {
    return ended;
  }

  /** A reader of this sink; the lock is held when its methods are called. */
  abstract class Reader extends OutputReader {
    Reader(String what) {
      super(what, lock, changed);
    }

    @Override
    final boolean isEnded() {
      return ended;
    }

    @Override
    final @Nullable Throwable failure() {
      return failure;
    }
  }
}
