/**
 * Diagnostics for developers: problem reports, Flight Recorder events, the slow-callback watchdog, task dumps
 * and the detection of deadlocked tasks. It sees tasks only as nodes of a wait-for graph.
 */
@NullMarked
package dev.heddle.asyncio.diagnostics;

import org.jspecify.annotations.NullMarked;
