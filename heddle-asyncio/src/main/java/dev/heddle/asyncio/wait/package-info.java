/**
 * What coroutines wait for besides coroutines and tasks: delays, several tasks at once, scopes with a time-out or a group,
 * and calls on other threads.
 */
@NullMarked
package dev.heddle.asyncio.wait;

import org.jspecify.annotations.NullMarked;
