/** TLS over any transport, with the JDK's engine. */
@NullMarked
package dev.heddle.asyncio.io.tls;

import org.jspecify.annotations.NullMarked;
