/**
 * An event loop for coroutines on one thread: start with {@link dev.heddle.asyncio.EventLoop} and {@link
 * dev.heddle.asyncio.Asyncio}.
 */
@NullMarked
package dev.heddle.asyncio;

import org.jspecify.annotations.NullMarked;
