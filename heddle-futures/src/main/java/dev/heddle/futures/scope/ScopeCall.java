package dev.heddle.futures.scope;

import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.spi.LocalWrapper;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The call of a child: its scope knows when it has ended, while its future is done as soon as it is cancelled. Only the
 * inner call is sent to another process.
 */
final class ScopeCall<T extends @Nullable Object> implements TaskCallable<T>, LocalWrapper {
  private static final long serialVersionUID = 1;

  private final transient Children children;
  private final Callable<T> call;

  ScopeCall(Children children, Callable<T> call) {
    this.children = children;
    this.call = call;
  }

  @Override
  public Callable<T> inner() {
    return call;
  }

  private Object writeReplace() {
    return call;
  }

  @Override
  public T call() throws Exception {
    children.bodyBegins();
    try {
      return call.call();
    } finally {
      children.bodyEnds();
    }
  }
}
