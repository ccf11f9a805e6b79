/**
 * The protocol of pull iterators: one call that returns the next element or an end mark, stages that read from an upstream,
 * and the closing of all that a pipeline reads from.
 */
@NullMarked
package dev.heddle.iter.pull;

import org.jspecify.annotations.NullMarked;
