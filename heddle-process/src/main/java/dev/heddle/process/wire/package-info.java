/** The protocol between parent and worker: frames, their reader and writer, and the two pages of memory that both map. */
@NullMarked
package dev.heddle.process.wire;

import org.jspecify.annotations.NullMarked;
