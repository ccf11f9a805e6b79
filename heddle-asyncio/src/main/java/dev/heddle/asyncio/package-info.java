/** An event loop for coroutines, on one thread. */
@NullMarked
package dev.heddle.asyncio;

import org.jspecify.annotations.NullMarked;
