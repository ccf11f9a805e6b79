/** Maps the codec's errors to the exceptions of this module's API; used on both sides, by drivers and by members. */
@NullMarked
package dev.heddle.cluster.errors;

import org.jspecify.annotations.NullMarked;
