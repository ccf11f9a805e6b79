package dev.heddle.futures;

import java.io.Serializable;

/** A task without a result: a {@link Runnable} that can be sent to another process if what it captures can. */
@FunctionalInterface
public interface TaskRunnable extends Runnable, Serializable {}
