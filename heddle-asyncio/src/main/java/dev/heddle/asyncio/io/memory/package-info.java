/** Streams in memory: two ends on one loop, also in virtual time. */
@NullMarked
package dev.heddle.asyncio.io.memory;

import org.jspecify.annotations.NullMarked;
