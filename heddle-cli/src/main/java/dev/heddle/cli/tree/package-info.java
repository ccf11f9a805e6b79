/** {@code heddle tree}. */
@NullMarked
package dev.heddle.cli.tree;

import org.jspecify.annotations.NullMarked;
