/** The messages between drivers and members, as records and as bytes. */
@NullMarked
package dev.heddle.cluster.wire;

import org.jspecify.annotations.NullMarked;
