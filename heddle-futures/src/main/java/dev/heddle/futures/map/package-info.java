/**
 * {@code Executor.map}: takes inputs from a source within a window, submits them in chunks, and hands out the results in
 * order or as they complete.
 */
@NullMarked
package dev.heddle.futures.map;

import org.jspecify.annotations.NullMarked;
