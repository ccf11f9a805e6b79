/** The downloader of flags beside curl. */
@NullMarked
package dev.heddle.benchmarks.flags;

import org.jspecify.annotations.NullMarked;
