/** Puts a process pool together from the dispatcher, the codec, and channels to worker processes. */
@NullMarked
package dev.heddle.process.pool;

import org.jspecify.annotations.NullMarked;
