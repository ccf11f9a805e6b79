/** The loops that read an iterator to its result and close it. */
@NullMarked
package dev.heddle.iter.sinks;

import org.jspecify.annotations.NullMarked;
