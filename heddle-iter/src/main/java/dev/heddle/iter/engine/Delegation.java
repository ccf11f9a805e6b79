package dev.heddle.iter.engine;

import dev.heddle.iter.GeneratorExit;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Drives chains of {@code yieldFrom}: a coroutine that drains another one, which drains a third.
 *
 * <p>Only the innermost body runs. A loop finds it, and the root keeps what it has found ({@link DelegateChain}): so an
 * element costs the same at any depth, and the stack cannot overflow.
 */
public final class Delegation {
  private Delegation() {}

  /** What is to be drained, as a coroutine; one that stands above {@code by} or was closed before its end is refused. */
  public static AbstractCoroutine<?, ?, ?> target(AbstractCoroutine<?, ?, ?> by, @Nullable Object source) {
    AbstractCoroutine<?, ?, ?> target = switch (source) {
      case AbstractCoroutine<?, ?, ?> coroutine -> coroutine.checkNotCut();
      case Iterator<?> iterator -> new IteratorCoroutine(iterator); // also an Iter, which is an Iterable as well
      case Iterable<?> iterable ->
        new IteratorCoroutine(
            Objects.requireNonNull(
                iterable.iterator(), "iterator() of the source of yieldFrom must not return null"));
      case null -> throw new NullPointerException("source of yieldFrom must not be null");
      default ->
        throw new IllegalArgumentException("source of yieldFrom must be iterable, but was " + source.getClass());
    };
    // There is no circle of delegates before; one that is closed here leads back to this coroutine.
    AbstractCoroutine<?, ?, ?> next = target;
    while (next != null) {
      if (next == by) {
        throw CoroutineErrors.alreadyExecuting();
      }
      next = next.delegate;
    }
    return target;
  }

  /**
   * Runs the innermost coroutine of the chain that begins with {@code root}. When it ends, the one that delegated to it goes
   * on.
   *
   * @return as {@link AbstractCoroutine#advance}
   */
  public static @Nullable Object advance(
      AbstractCoroutine<?, ?, ?> root, @Nullable Object firstSent, @Nullable Throwable firstRaised) {
    if (root.state == AbstractCoroutine.RUNNING) {
      throw CoroutineErrors.alreadyExecuting();
    }
    DelegateChain.driven(root);
    Object sent = firstSent;
    Throwable raised = firstRaised;
    while (true) {
      AbstractCoroutine<?, ?, ?> leaf = root.delegate;
      Object element;
      if (leaf == null) {
        element = root.step(sent, raised);
        if (element != AbstractCoroutine.DELEGATED) {
          return element;
        }
        sent = null;
        raised = null;
        continue;
      }
      AbstractCoroutine<?, ?, ?> parent = root;
      DelegateChain chain = null;
      if (root.chain != null || leaf.delegate != null) {
        chain = chain(root);
        leaf = chain.leaf();
        parent = chain.parent();
      }
      int at = root.state;
      root.state = AbstractCoroutine.RUNNING;
      try {
        element = fetchedOrStep(leaf, sent, raised);
        if (raised instanceof GeneratorExit
            && element != AbstractCoroutine.DELEGATED
            && !AbstractCoroutine.isEnd(element)) {
          throw CoroutineErrors.ignoredExit(element);
        }
      } catch (Throwable t) {
        if (Traces.isNew(t, raised)) {
          root.state = at;
          Traces.addDelegators(t, chain == null ? List.of(root) : chain.delegators());
        }
        leave(parent, chain);
        sent = null;
        raised = t;
        continue;
      } finally {
        root.state = at;
      }
      if (element == AbstractCoroutine.DELEGATED) {
        sent = null;
        raised = null;
      } else if (!AbstractCoroutine.isEnd(element)) {
        return element;
      } else {
        leave(parent, chain);
        if (!(raised instanceof GeneratorExit)) { // which goes on to the parent, PEP 380
          sent = leaf.resultOf(element);
          raised = null;
        }
      }
    }
  }

  private static DelegateChain chain(AbstractCoroutine<?, ?, ?> root) {
    DelegateChain chain = root.chain;
    if (chain == null) {
      chain = new DelegateChain(root);
      root.chain = chain;
    }
    return chain;
  }

  private static void leave(AbstractCoroutine<?, ?, ?> parent, @Nullable DelegateChain chain) {
    parent.delegate = null;
    if (chain != null) {
      chain.removeLeaf();
    }
  }

  /** What the innermost coroutine of a chain hands out: an element that hasNext has fetched before, or the next one. */
  private static @Nullable Object fetchedOrStep(
      AbstractCoroutine<?, ?, ?> leaf, @Nullable Object sent, @Nullable Throwable raised) {
    if (leaf.hasFetched()) {
      if (raised instanceof GeneratorExit) {
        leaf.takeFetched(); // it will not be asked for any more
      } else {
        if (sent != null || raised != null) {
          throw CoroutineErrors.notYetTaken("yieldFrom", leaf.fetched());
        }
        return leaf.takeFetched();
      }
    }
    return leaf.step(sent, raised);
  }
}
