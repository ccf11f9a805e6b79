/** Adapters between iterations and the publishers of java.util.concurrent.Flow. */
@NullMarked
package dev.heddle.queue.flow;

import org.jspecify.annotations.NullMarked;
