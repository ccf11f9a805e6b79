/** The loops that read an iterator, as far as their result needs, and leave it open. */
@NullMarked
package dev.heddle.iter.sinks;

import org.jspecify.annotations.NullMarked;
