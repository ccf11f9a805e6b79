/** The plan of a pipeline: its sources and stages as an immutable graph. */
@NullMarked
package dev.heddle.queue.plan;

import org.jspecify.annotations.NullMarked;
