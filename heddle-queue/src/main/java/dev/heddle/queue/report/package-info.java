/** The presentation of a finished run: the verdict, and the report as text, SVG and HTML. */
@NullMarked
package dev.heddle.queue.report;

import org.jspecify.annotations.NullMarked;
