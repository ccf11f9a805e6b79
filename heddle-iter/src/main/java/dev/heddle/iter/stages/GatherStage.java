package dev.heddle.iter.stages;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Fifo;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.stream.Gatherer;
import org.jspecify.annotations.Nullable;

/** The output of a {@link Gatherer} for the elements, run one element at a time. */
public final class GatherStage<T extends @Nullable Object, A extends @Nullable Object, R extends @Nullable Object>
    extends
      Stage<T, R> {
  private final Gatherer<? super T, A, R> gatherer;
  private final Gatherer.Integrator<A, ? super T, R> integrator;
  private final Fifo<R> made = new Fifo<>();
  private @Nullable A state;
  private boolean finished;

  @SuppressWarnings("unchecked") // an integrator only takes elements in
  public GatherStage(Pull<? extends T> up, Gatherer<? super T, A, R> gatherer) {
    super(up);
    this.gatherer = gatherer;
    this.integrator = (Gatherer.Integrator<A, ? super T, R>) gatherer.integrator();
    this.state = gatherer.initializer().get();
  }

  @Override
  protected @Nullable Object ready() {
    if (!made.isEmpty()) {
      return made.remove();
    }
    return finished ? END : NEED;
  }

  @Override
  protected @Nullable Object offer(T input) {
    if (finished) { // closed by its own source
      return ready();
    }
    return integrator.integrate(cast(state), input, this::push) ? ready() : ended();
  }

  @Override
  protected @Nullable Object ended() {
    if (!finished) {
      finished = true;
      gatherer.finisher().accept(cast(state), this::push);
      state = null;
    }
    return ready();
  }

  @Override
  protected void release(Closing closing) {
    finished = true;
    state = null;
    made.clear();
    super.release(closing);
  }

  private boolean push(R element) {
    return !isClosed() && made.add(element);
  }
}
