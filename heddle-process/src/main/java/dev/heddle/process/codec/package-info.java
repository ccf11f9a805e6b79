/**
 * How tasks, results and failures become bytes and back, and how classes reach workers that lack them.
 *
 * <p>The parent uses {@link dev.heddle.process.codec.TaskEncoder}, a worker {@link dev.heddle.process.codec.TaskDecoder};
 * both hand out the {@link dev.heddle.process.codec.Values} and {@link dev.heddle.process.codec.Failures} of their side. A
 * worker trusts the parent; the parent trusts no worker.
 */
@NullMarked
package dev.heddle.process.codec;

import org.jspecify.annotations.NullMarked;
