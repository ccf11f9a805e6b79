package dev.heddle.iter.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The coroutines that stand one below the other under a root that delegates, as far as they were found the last time, so
 * that the innermost is not looked for again for each element.
 *
 * <p>What may change without the root: the innermost one may be driven by other code, which shows in its own fields; one in
 * the middle may be, which every chain is told by {@link #driven}.
 */
final class DelegateChain {
  /**
   * Counts how often a coroutine was driven that delegates and that another one drains. Atomic, as chains of other threads
   * count too: after a lost update a chain that has changed would pass for one that has not.
   */
  private static final AtomicInteger EPOCH = new AtomicInteger();

  private final AbstractCoroutine<?, ?, ?> root;
  private final List<AbstractCoroutine<?, ?, ?>> below = new ArrayList<>(4);
  private int found;

  DelegateChain(AbstractCoroutine<?, ?, ?> root) {
    this.root = root;
  }

  /** A coroutine is about to be driven by other code than its chain, if it has one. */
  static void driven(AbstractCoroutine<?, ?, ?> coroutine) {
    if (coroutine.drained) {
      EPOCH.incrementAndGet();
    }
  }

  /**
   * Returns the coroutine whose turn it is: the innermost, or one that has an element ready or is running. The root must
   * delegate.
   */
  AbstractCoroutine<?, ?, ?> leaf() {
    int size = below.size();
    int epoch = EPOCH.get();
    AbstractCoroutine<?, ?, ?> from = root.delegate;
    if (from == null) {
      throw new IllegalStateException("the root of a chain does not delegate: a defect of the generator engine");
    }
    if (size > 0 && found == epoch && below.getFirst() == from && isInPlace(size - 1)) {
      from = below.getLast();
    } else {
      below.clear();
      below.add(from);
      found = epoch;
    }
    AbstractCoroutine<?, ?, ?> next = from.delegate;
    while (next != null && !from.hasFetched() && from.state != AbstractCoroutine.RUNNING) {
      below.add(next);
      from = next;
      next = from.delegate;
    }
    return from;
  }

  private boolean isInPlace(int index) {
    AbstractCoroutine<?, ?, ?> above = index == 0 ? root : below.get(index - 1);
    return above.delegate == below.get(index);
  }

  /** Returns the coroutine that drains the one whose turn it is. */
  AbstractCoroutine<?, ?, ?> parent() {
    int size = below.size();
    return size < 2 ? root : below.get(size - 2);
  }

  /** Returns the coroutines that delegate, from the one that drains the one whose turn it is up to the root. */
  List<AbstractCoroutine<?, ?, ?>> delegators() {
    List<AbstractCoroutine<?, ?, ?>> all = new ArrayList<>(below.subList(0, below.size() - 1));
    all.addFirst(root);
    return all.reversed();
  }

  /** The one whose turn it was is not drained any more. */
  void removeLeaf() {
    below.removeLast();
  }
}
