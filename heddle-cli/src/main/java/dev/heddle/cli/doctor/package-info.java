/** The command {@code heddle doctor}: what works on this machine, and what does not and why. */
@NullMarked
package dev.heddle.cli.doctor;

import org.jspecify.annotations.NullMarked;
