/** Synchronization between the tasks of one loop: locks, conditions, semaphores, events, barriers and queues. */
@NullMarked
package dev.heddle.asyncio.sync;

import org.jspecify.annotations.NullMarked;
