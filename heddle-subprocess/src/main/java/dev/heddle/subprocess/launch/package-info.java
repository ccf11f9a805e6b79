/** The start of child processes: the look-up of programs, redirections, and the explanation of failures. */
@NullMarked
package dev.heddle.subprocess.launch;

import org.jspecify.annotations.NullMarked;
