/** Options that several commands share, as picocli mixins. */
@NullMarked
package dev.heddle.cli.options;

import org.jspecify.annotations.NullMarked;
