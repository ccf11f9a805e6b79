/**
 * Futures and executors: one contract ({@link dev.heddle.futures.Executor}, {@link dev.heddle.futures.Future}, {@link
 * dev.heddle.futures.Futures}) over every engine, and the engines on threads ({@link dev.heddle.futures.ThreadPool}).
 *
 * <p>Memory consistency: what a thread did before it submitted a task happens-before the task's first action; what the task
 * did happens-before any return from a wait for its future, and before the future's callbacks.
 *
 * <p>Origin: Python's {@code concurrent.futures}.
 */
@NullMarked
package dev.heddle.futures;

import org.jspecify.annotations.NullMarked;
