/** The forms of a timeline: text, SVG picture, HTML page and Chrome trace. */
@NullMarked
package dev.heddle.timeline.view;

import org.jspecify.annotations.NullMarked;
