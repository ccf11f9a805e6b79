package dev.heddle.iter.combine;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Lookahead;
import dev.heddle.iter.pull.Pull;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The leaves of nested iterables, depth first, with a stack of its own: the nesting may be of any depth. */
public final class CollapseIter extends Lookahead<@Nullable Object> {
  private final Deque<Pull<?>> nest = new ArrayDeque<>();
  private final @Nullable Class<?> leafType;
  private final long levels;

  /**
   * An iterator.
   *
   * @param leafType an iterable of this type is not opened
   * @param levels how many levels are opened beneath the outermost, 0 or more
   */
  public CollapseIter(Pull<?> outermost, @Nullable Class<?> leafType, long levels) {
    this.leafType = leafType;
    this.levels = levels;
    nest.push(outermost);
  }

  @Override
  protected @Nullable Object produce(int budget) {
    while (!nest.isEmpty()) {
      Object element = nest.element().advance(budget);
      if (element == END) {
        nest.pop();
      } else if (element instanceof Iterable<?> inner && opens(inner)) {
        nest.push(Pull.over(inner));
      } else {
        return element;
      }
    }
    return END;
  }

  private boolean opens(Iterable<?> inner) {
    return nest.size() <= levels && (leafType == null || !leafType.isInstance(inner));
  }

  @Override
  protected void release(Closing closing) {
    nest.forEach(closing::add);
    nest.clear();
  }
}
