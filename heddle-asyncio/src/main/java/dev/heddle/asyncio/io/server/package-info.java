/** Servers: listening, the connections and their tasks, and the limits on peers. */
@NullMarked
package dev.heddle.asyncio.io.server;

import org.jspecify.annotations.NullMarked;
