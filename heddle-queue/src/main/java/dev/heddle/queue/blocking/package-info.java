/** The queue behind ClosableQueue: a store of items under one lock, and the waits of putters and takers. */
@NullMarked
package dev.heddle.queue.blocking;

import org.jspecify.annotations.NullMarked;
