/**
 * The inputs and outputs of child processes: named pipes, the pumps that empty and fill them, and what the pumps write to.
 */
@NullMarked
package dev.heddle.subprocess.io;

import org.jspecify.annotations.NullMarked;
