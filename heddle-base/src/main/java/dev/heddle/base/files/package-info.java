/** Files in folders that other users of the machine may write to: created privately, checked before use, deleted safely. */
@NullMarked
package dev.heddle.base.files;

import org.jspecify.annotations.NullMarked;
