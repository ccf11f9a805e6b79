/** Measurements of a running pipeline: what each worker does and for how long. */
@NullMarked
package dev.heddle.queue.meter;

import org.jspecify.annotations.NullMarked;
