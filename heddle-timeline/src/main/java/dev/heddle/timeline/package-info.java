/**
 * Who ran when: {@link dev.heddle.timeline.TimelineRecorder} notes spans of work, {@link dev.heddle.timeline.Timeline} shows them.
 */
@NullMarked
package dev.heddle.timeline;

import org.jspecify.annotations.NullMarked;
