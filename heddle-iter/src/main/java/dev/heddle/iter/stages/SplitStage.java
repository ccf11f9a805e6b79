package dev.heddle.iter.stages;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The elements cut into lists at the places that a predicate marks. */
public final class SplitStage<T extends @Nullable Object> extends Stage<T, List<T>> {

  /** The place of the cut: at the marked element, which goes, or stays as a list of its own; or before it, or after it. */
  public enum Cut {
    AT, AT_KEEPING, BEFORE, AFTER
  }

  private final Cut place;
  private final BiPredicate<@Nullable Object, ? super T> marks;
  private final boolean usesPrevious;
  private List<T> part = new ArrayList<>();
  private @Nullable List<T> separator;

  /** The element before the one in question, for predicates that ask for it. */
  private @Nullable Object previous;
  private long cutsLeft;
  private boolean emptyCounts;

  /**
   * A stage.
   *
   * @param marks asked with the previous element, or null if that is not used, and the one in question
   * @param usesPrevious whether it looks at the previous element
   * @param maxCuts how many cuts at most, 0 or more; afterwards the predicate is not asked any more
   */
  public SplitStage(Pull<? extends T> up, Cut place, BiPredicate<@Nullable Object, ? super T> marks, boolean usesPrevious,
      long maxCuts) {
    super(up);
    this.place = place;
    this.marks = marks;
    this.usesPrevious = usesPrevious;
    this.cutsLeft = maxCuts;
    this.emptyCounts = place == Cut.AT || place == Cut.AT_KEEPING || maxCuts == 0;
  }

  @Override
  protected @Nullable Object ready() {
    List<T> pending = separator;
    separator = null;
    return pending == null ? NEED : pending;
  }

  @Override
  protected @Nullable Object offer(T input) {
    boolean mayCut = cutsLeft > 0 && (place != Cut.BEFORE || !part.isEmpty());
    boolean marked = mayCut && marks.test(previous, input);
    previous = usesPrevious ? input : null;
    if (!marked) {
      part.add(input);
      return NEED;
    }
    cutsLeft--;
    List<T> done = part;
    part = new ArrayList<>();
    switch (place) {
      case AT -> {
      }
      case AT_KEEPING -> separator = new ArrayList<>(java.util.Collections.singletonList(input));
      case BEFORE -> part.add(input);
      case AFTER -> done.add(input);
    }
    return done;
  }

  @Override
  protected @Nullable Object ended() {
    previous = null;
    if (part.isEmpty() && !emptyCounts) {
      return END;
    }
    emptyCounts = false;
    List<T> last = part;
    part = new ArrayList<>();
    return last;
  }

  @Override
  protected void release(Closing closing) {
    part = new ArrayList<>();
    separator = null;
    previous = null;
    super.release(closing);
  }
}
