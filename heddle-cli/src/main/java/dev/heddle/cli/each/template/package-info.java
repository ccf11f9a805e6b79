/** The template of a command: where an input stands in it, and how it is quoted there. */
@NullMarked
package dev.heddle.cli.each.template;

import org.jspecify.annotations.NullMarked;
