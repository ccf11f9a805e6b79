/** Network streams and servers on the loop's selector. */
@NullMarked
package dev.heddle.asyncio.io;

import org.jspecify.annotations.NullMarked;
