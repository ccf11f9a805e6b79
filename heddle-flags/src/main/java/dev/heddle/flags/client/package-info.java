/** The HTTP client: one request per call, conditional and resumable, in this process or in a worker process. */
@NullMarked
package dev.heddle.flags.client;

import org.jspecify.annotations.NullMarked;
