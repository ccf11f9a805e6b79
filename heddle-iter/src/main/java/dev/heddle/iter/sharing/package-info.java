/** One source read by several iterators: tee, and the iterators that threads share. */
@NullMarked
package dev.heddle.iter.sharing;

import org.jspecify.annotations.NullMarked;
