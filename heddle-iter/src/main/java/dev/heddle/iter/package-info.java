/**
 * Pull iterators in the manner of Python's: {@link dev.heddle.iter.Iter} is a lazy, single-use, closeable sequence.
 */
@NullMarked
package dev.heddle.iter;

import org.jspecify.annotations.NullMarked;
