/** The command {@code heddle life}. */
@NullMarked
package dev.heddle.cli.life;

import org.jspecify.annotations.NullMarked;
