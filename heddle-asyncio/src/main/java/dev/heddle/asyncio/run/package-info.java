/** The event loop that is assembled from the other parts, and one run of it from the main coroutine to the last task. */
@NullMarked
package dev.heddle.asyncio.run;

import org.jspecify.annotations.NullMarked;
