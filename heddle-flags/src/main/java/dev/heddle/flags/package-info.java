/**
 * The flag downloader: {@link dev.heddle.flags.FlagServer} serves the flags of the world as a distant site would, {@link
 * dev.heddle.flags.Downloader} fetches them in one {@link dev.heddle.flags.Style} or another and tells how long it took.
 *
 * <p>Origin: the {@code flags} and {@code flags2} scripts of "Fluent Python".
 */
@NullMarked
package dev.heddle.flags;

import org.jspecify.annotations.NullMarked;
