/** Trees of processes of the operating system, which are ended together with their orphans. */
@NullMarked
package dev.heddle.base.process;

import org.jspecify.annotations.NullMarked;
