package dev.heddle.iter.stages;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All elements of the upstream in another order, which is made when the upstream has ended. */
public final class WholeStage<T extends @Nullable Object> extends Stage<T, T> {
  private final Consumer<? super List<T>> arrange;
  private List<T> kept = new ArrayList<>();
  private boolean arranged;
  private int handedOut;

  /**
   * A stage.
   *
   * @param arrange brings a list of all elements into the order in which they are handed out
   */
  public WholeStage(Pull<? extends T> up, Consumer<? super List<T>> arrange) {
    super(up);
    this.arrange = arrange;
  }

  @Override
  protected @Nullable Object ready() {
    if (!arranged) {
      return NEED;
    }
    if (handedOut == kept.size()) {
      kept = new ArrayList<>();
      handedOut = 0;
      return END;
    }
    return kept.set(handedOut++, Pull.cast(null)); // it is kept no longer
  }

  @Override
  protected @Nullable Object offer(T input) {
    kept.add(input);
    return NEED;
  }

  @Override
  protected @Nullable Object ended() {
    arrange.accept(kept);
    arranged = true;
    return ready();
  }

  @Override
  protected void release(Closing closing) {
    kept = new ArrayList<>();
    super.release(closing);
  }
}
