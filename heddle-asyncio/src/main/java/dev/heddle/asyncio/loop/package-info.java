/**
 * The scheduler below the tasks: turns, the ready queue, timers, the inbox for other threads, I/O polling and parking. It
 * knows callbacks and {@link dev.heddle.asyncio.loop.Resumable resumables}, but no tasks.
 */
@NullMarked
package dev.heddle.asyncio.loop;

import org.jspecify.annotations.NullMarked;
