/**
 * The parent's end of the connection to a worker process: {@link dev.heddle.process.channel.ProcessChannel} is what the
 * dispatcher sees of a worker; input and output are beside it.
 */
@NullMarked
package dev.heddle.process.channel;

import org.jspecify.annotations.NullMarked;
