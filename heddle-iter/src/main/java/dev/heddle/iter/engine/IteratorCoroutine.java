package dev.heddle.iter.engine;

import dev.heddle.iter.GeneratorException.WrongState;
import dev.heddle.iter.GeneratorExit;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A plain iterator as a delegate: it can neither be sent to nor be raised at, only be closed. */
public final class IteratorCoroutine extends AbstractCoroutine<@Nullable Object, @Nullable Object, @Nullable Object> {
  private static final int SUSPENDED = 1;

  private final Iterator<?> source;

  public IteratorCoroutine(Iterator<?> source) {
    this.source = source;
  }

  /** What is drained. */
  Iterator<?> source() {
    return source;
  }

  @Override
  protected @Nullable Object resume(int at, @Nullable Object sent, @Nullable Throwable raised) throws Throwable {
    if (raised != null) {
      if (raised instanceof GeneratorExit) {
        closeSource();
      }
      throw raised;
    }
    if (sent != null) {
      throw new WrongState(
          "send(" + sent + ") while the body drains a plain iterator (" + source.getClass().getName()
              + "), which cannot receive it; go on with next(), or delegate to a Coroutine");
    }
    if (!source.hasNext()) {
      return null;
    }
    Object element = source.next();
    state = SUSPENDED;
    return element;
  }

  @Override
  @Nullable
  Object drain(Drain drain, int budget) {
    if (source instanceof AbstractCoroutine<?, ?, ?> generator && generator.state == CREATED) {
      generator.drain(drain, budget);
    } else {
      while (source.hasNext()) {
        Object element = source.next();
        try {
          drain.accept(element);
        } catch (GeneratorExit exit) {
          closeSource();
          throw exit;
        }
      }
    }
    return null;
  }

  private void closeSource() {
    if (source instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw CoroutineErrors.sneaky(e);
      }
    }
  }

  @Override
  protected @Nullable Object pushed() {
    return null;
  }

  /** It has no body of its own: what it throws surfaces in the body that drains it, and may be caught there. */
  @Override
  Throwable escaping(Throwable t) {
    return t;
  }
}
