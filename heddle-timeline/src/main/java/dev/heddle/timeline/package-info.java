/**
 * Timelines: {@link dev.heddle.timeline.TimelineRecorder} records spans of work, {@link dev.heddle.timeline.Timeline}
 * formats them.
 */
@NullMarked
package dev.heddle.timeline;

import org.jspecify.annotations.NullMarked;
