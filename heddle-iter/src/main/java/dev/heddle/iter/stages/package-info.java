/** Pull stages with one source, such as map, filter, islice and groupBy. */
@NullMarked
package dev.heddle.iter.stages;

import org.jspecify.annotations.NullMarked;
