/** The files of a download folder: flags, incomplete files, the manifest of checksums and the lock. */
@NullMarked
package dev.heddle.flags.folder;

import org.jspecify.annotations.NullMarked;
