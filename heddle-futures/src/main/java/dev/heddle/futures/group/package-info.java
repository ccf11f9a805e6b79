/**
 * Waits for several futures at once: all, one or a failed one of them ({@code wait}), one after the other as they complete
 * ({@code asCompleted}), and the bulk methods of {@code ExecutorService}.
 */
@NullMarked
package dev.heddle.futures.group;

import org.jspecify.annotations.NullMarked;
