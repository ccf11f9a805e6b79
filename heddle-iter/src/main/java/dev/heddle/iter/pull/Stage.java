package dev.heddle.iter.pull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One step of a pipeline: it is offered the elements of its upstream, one at a time, and answers each with an element of
 * its own or with {@link #NEED}.
 *
 * <p>A stage never calls its upstream itself. So the same stage can be run by plain recursion, which the JIT compiler
 * inlines, and by a loop with an explicit stack when the pipeline is deeper than the thread's stack should grow: the first
 * {@link #BUDGET} levels recurse, the rest is looped.
 *
 * <p>Stages that are used much do the same in methods of their own, whose call sites the JIT compiler sees apart; each of
 * them names the case of {@code ./heddle bench itertools} that it is for, and a test compares these names with the cases. If
 * a stage hands out one element for each of its upstream, its {@code hasNext} need not compute one: it asks the upstream,
 * and {@code next} computes ({@link #isDirect}). An element that is kept nowhere in between need not be an object at all.
 *
 * @param <A> what comes from upstream
 * @param <B> what is handed on
 */
public abstract class Stage<A extends @Nullable Object, B extends @Nullable Object> extends Lookahead<B> {
  /** Where the next input comes from; a stage with several sources points it at the one whose turn it is. */
  protected Pull<? extends A> up;

  /** How many stages stood beneath this one when it was made. */
  private final int depth;

  protected Stage(Pull<? extends A> up) {
    this.up = up;
    this.depth = up instanceof Stage<?, ?> stage ? stage.depth + 1 : 0;
  }

  /** Whether hasNext may ask the upstream: no element was fetched, and not too many stages call each other on the stack. */
  protected final boolean isDirect() {
    return ahead() == NEED && depth < BUDGET;
  }

  /** Whether the upstream has another element; if not, this stage has ended. */
  protected final boolean upHasNext() {
    if (up.hasNext()) {
      return true;
    }
    slot = END; // and no call that is passed this stage: it would have to be a real object then
    return false;
  }

  /** An element for which no input is needed, {@link #END}, or {@link #NEED}; without side effect in the last case. */
  protected @Nullable Object ready() {
    return NEED;
  }

  /** Takes one input; the answer is an element, {@link #NEED} (give me another) or {@link #END}. */
  protected abstract @Nullable Object offer(A input);

  /** The upstream has ended: a left-over element (then this is asked again), {@link #NEED} (from a new upstream) or END. */
  protected @Nullable Object ended() {
    return END;
  }

  @Override
  protected void release(Closing closing) {
    closing.add(up);
  }

  /** Drops the upstream too, so that a closed stage keeps nothing of its source. */
  @Override
  protected void closeInto(Closing closing) {
    super.closeInto(closing);
    up = SourceIter.none();
  }

  /** Whether {@link #up} is the only source and all there is to close. */
  protected boolean isLinear() {
    return true;
  }

  @Override
  public boolean spent() {
    Pull<?> source = this;
    while (source instanceof Stage<?, ?> stage && stage.isLinear() && !stage.isClosed() && stage.ahead() == END) {
      source = stage.up;
    }
    return source instanceof Stage<?, ?> ? source.isClosed() : source.spent();
  }

  @Override
  protected @Nullable Object produce(int budget) {
    if (budget <= 0) {
      return drive(this);
    }
    Object value = ready();
    while (value == NEED) {
      value = answer(up.advance(budget - 1));
    }
    return value;
  }

  private @Nullable Object answer(@Nullable Object input) {
    return input == END ? ended() : offer(cast(input));
  }

  /** The next element of a stage at any depth, with a constant number of frames. */
  public static @Nullable Object drive(Stage<?, ?> top) {
    Stage<?, ?>[] waiting = new Stage<?, ?>[16];
    int depth = 0;
    Stage<?, ?> stage = top;
    Object value = stage.ready();
    while (true) {
      while (value == NEED) {
        if (stage.up instanceof Stage<?, ?> deeper) {
          if (depth == waiting.length) {
            waiting = Arrays.copyOf(waiting, 2 * depth);
          }
          waiting[depth++] = stage;
          stage = deeper;
          value = stage.takeAhead();
          value = value == NEED ? stage.ready() : value;
        } else {
          value = stage.answer(stage.up.advance(0));
        }
      }
      if (depth == 0) {
        return value;
      }
      stage.note(value);
      stage = waiting[--depth];
      value = stage.answer(value);
    }
  }
}
