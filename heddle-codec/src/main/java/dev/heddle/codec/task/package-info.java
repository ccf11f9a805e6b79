/**
 * The encoding of lambdas and records: the parent takes their objects apart, a worker rebuilds them from a definition that
 * is sent once.
 */
@NullMarked
package dev.heddle.codec.task;

import org.jspecify.annotations.NullMarked;
