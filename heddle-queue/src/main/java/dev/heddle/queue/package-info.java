/** Closable queues, and pipelines of stages. */
@NullMarked
package dev.heddle.queue;

import org.jspecify.annotations.NullMarked;
