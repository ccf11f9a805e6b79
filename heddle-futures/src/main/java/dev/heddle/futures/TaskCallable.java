package dev.heddle.futures;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A task that returns a result: a {@link Callable} that can be sent to another process if what it captures can.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface TaskCallable<T extends @Nullable Object> extends Callable<T>, Serializable {}
