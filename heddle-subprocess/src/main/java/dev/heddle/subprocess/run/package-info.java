/** The execution of commands: waiting for processes and outputs, time-outs, and ending process trees. */
@NullMarked
package dev.heddle.subprocess.run;

import org.jspecify.annotations.NullMarked;
