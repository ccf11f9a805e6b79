/** Maps the codec's errors to the exceptions of this module's API; used on both sides, by the pool and by its workers. */
@NullMarked
package dev.heddle.process.errors;

import org.jspecify.annotations.NullMarked;
