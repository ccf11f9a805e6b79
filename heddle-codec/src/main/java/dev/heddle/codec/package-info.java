/**
 * The API of the codec, for the engines whose workers are other JVMs: encodes tasks, results and failures, and supplies
 * workers with the classes that they lack.
 *
 * <p>The parent uses {@link dev.heddle.codec.TaskEncoder}, a worker {@link dev.heddle.codec.TaskDecoder}; both return the
 * {@link dev.heddle.codec.Values} and {@link dev.heddle.codec.Failures} of their side. A worker trusts the parent; the
 * parent trusts no worker.
 */
@NullMarked
package dev.heddle.codec;

import org.jspecify.annotations.NullMarked;
