/** The embedded HTTP server: serves the flag images with planned delays and failures. */
@NullMarked
package dev.heddle.flags.server;

import org.jspecify.annotations.NullMarked;
