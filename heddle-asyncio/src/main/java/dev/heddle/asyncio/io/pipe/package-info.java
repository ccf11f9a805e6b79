/** Streams over the JDK's blocking streams, each with a thread that reads or writes for it. */
@NullMarked
package dev.heddle.asyncio.io.pipe;

import org.jspecify.annotations.NullMarked;
