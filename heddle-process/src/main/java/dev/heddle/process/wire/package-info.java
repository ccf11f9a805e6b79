/** What goes between the parent and a worker: frames on a socket, and a page of claims in shared memory. */
@NullMarked
package dev.heddle.process.wire;

import org.jspecify.annotations.NullMarked;
