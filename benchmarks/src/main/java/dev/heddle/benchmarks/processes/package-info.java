/** Benchmarks of the process pool beside that of Python. */
@NullMarked
package dev.heddle.benchmarks.processes;

import org.jspecify.annotations.NullMarked;
