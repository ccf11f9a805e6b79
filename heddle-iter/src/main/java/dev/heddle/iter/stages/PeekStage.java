package dev.heddle.iter.stages;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The elements unchanged; each is shown to an action first, and one action may frame the whole. */
public final class PeekStage<T extends @Nullable Object> extends Stage<T, T> {
  private final Consumer<? super T> action;
  private @Nullable Runnable before;
  private @Nullable Runnable after;

  public PeekStage(Pull<? extends T> up, Consumer<? super T> action, @Nullable Runnable before, @Nullable Runnable after) {
    super(up);
    this.action = action;
    this.before = before;
    this.after = after;
  }

  @Override
  protected @Nullable Object offer(T input) {
    action.accept(input);
    return input;
  }

  @Override
  protected @Nullable Object ready() {
    begin();
    return NEED;
  }

  private void begin() {
    Runnable first = before;
    before = null;
    if (first != null) {
      first.run();
    }
  }

  @Override
  protected @Nullable Object ended() {
    Runnable last = after;
    after = null;
    if (last != null) {
      last.run();
    }
    return END;
  }

  @Override
  protected void release(Closing closing) {
    Runnable last = after;
    after = null;
    if (last != null) {
      closing.add((AutoCloseable) last::run);
    }
    super.release(closing);
  }

  @Override
  public boolean spent() {
    return isClosed() || (after == null && super.spent());
  }
}
