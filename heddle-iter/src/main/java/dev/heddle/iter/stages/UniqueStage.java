package dev.heddle.iter.stages;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The elements whose key differs: from all before (remembered in a set) or from the one just before. */
public final class UniqueStage<T extends @Nullable Object> extends Stage<T, T> {
  private final Function<? super T, ? extends @Nullable Object> keyOf;
  private @Nullable Set<@Nullable Object> seen;
  private @Nullable Object lastKey = NEED;

  public UniqueStage(Pull<? extends T> up, Function<? super T, ? extends @Nullable Object> keyOf, boolean ever) {
    super(up);
    this.keyOf = keyOf;
    this.seen = ever ? new HashSet<>() : null;
  }

  @Override
  protected @Nullable Object offer(T input) {
    Object key = keyOf.apply(input);
    boolean isNew = seen != null ? seen.add(key) : !Objects.equals(key, lastKey);
    lastKey = key;
    return isNew ? input : NEED;
  }

  @Override
  protected @Nullable Object ended() {
    forget();
    return END;
  }

  @Override
  protected void release(Closing closing) {
    forget();
    super.release(closing);
  }

  private void forget() {
    seen = null;
    lastKey = NEED;
  }
}
