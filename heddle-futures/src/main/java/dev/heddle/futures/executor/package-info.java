/** {@code Executor} over any engine: the entry point that {@code ThreadPool} and {@code Executor.on} create. */
@NullMarked
package dev.heddle.futures.executor;

import org.jspecify.annotations.NullMarked;
