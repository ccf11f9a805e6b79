package dev.heddle.asyncio;

import dev.heddle.asyncio.task.CoroutineFrame;
import dev.heddle.asyncio.task.Operation;
import org.jspecify.annotations.Nullable;

/**
 * A value that a coroutine can wait for with {@link Awaiter#await}: a coroutine ({@link Async}), a {@link Task}, or an
 * operation such as {@link Asyncio#sleep} or {@link Queue#get}.
 *
 * <p>A coroutine or an operation does nothing before it is awaited, and is awaited once. A task runs by itself and may be
 * awaited any number of times, and so may a {@link Promise}.
 *
 * <p>Confined to the thread of one event loop, like everything in this package unless it says otherwise.
 *
 * <p>Origin: awaitable objects of Python (PEP 492).
 *
 * @param <T> the type of the value of the await
 */
public sealed interface Awaitable<T extends @Nullable Object> permits Async, CoroutineFrame, Operation, Promise, Task {}
