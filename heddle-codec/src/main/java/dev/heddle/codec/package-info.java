/**
 * How tasks, results and failures become bytes and back, and how classes reach workers that lack them.
 *
 * <p>The parent uses {@link dev.heddle.codec.TaskEncoder}, a worker {@link dev.heddle.codec.TaskDecoder};
 * both hand out the {@link dev.heddle.codec.Values} and {@link dev.heddle.codec.Failures} of their side. A
 * worker trusts the parent; the parent trusts no worker.
 */
@NullMarked
package dev.heddle.codec;

import org.jspecify.annotations.NullMarked;
