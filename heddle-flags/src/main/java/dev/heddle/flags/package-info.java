/**
 * The flag downloader: {@link dev.heddle.flags.FlagServer} serves flags with delays and failures, {@link
 * dev.heddle.flags.Downloader} downloads them in a {@link dev.heddle.flags.Style} and reports the time it took.
 *
 * <p>Origin: the {@code flags} and {@code flags2} scripts of "Fluent Python".
 */
@NullMarked
package dev.heddle.flags;

import org.jspecify.annotations.NullMarked;
