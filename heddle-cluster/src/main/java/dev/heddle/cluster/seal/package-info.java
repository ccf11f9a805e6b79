/** Seals messages between members: keys for each pair and direction, nonces that never repeat, and windows against replay. */
@NullMarked
package dev.heddle.cluster.seal;

import org.jspecify.annotations.NullMarked;
