/** The state machine of a future, the waits of threads for futures, and the detection of deadlocks among waiting tasks. */
@NullMarked
package dev.heddle.futures.core;

import org.jspecify.annotations.NullMarked;
