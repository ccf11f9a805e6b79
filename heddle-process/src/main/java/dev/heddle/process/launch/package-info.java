/**
 * The start, the life and the end of a worker's operating-system process: command line, class path, AOT cache, folder,
 * handshake, deadlines and exit codes. Start reading at {@link dev.heddle.process.launch.Launcher} and {@link
 * dev.heddle.process.launch.WorkerProcess}.
 */
@NullMarked
package dev.heddle.process.launch;

import org.jspecify.annotations.NullMarked;
