/** The command {@code heddle dist}: Heddle and a reduced Java in one folder and one archive. */
@NullMarked
package dev.heddle.cli.dist;

import org.jspecify.annotations.NullMarked;
