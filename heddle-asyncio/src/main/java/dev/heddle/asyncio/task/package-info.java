/**
 * Tasks and the coroutines on their stacks: starting, stepping, ending and cancelling them, and what it takes for them to
 * await something.
 */
@NullMarked
package dev.heddle.asyncio.task;

import org.jspecify.annotations.NullMarked;
