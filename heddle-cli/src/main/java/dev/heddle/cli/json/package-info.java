/** JSON for the reports of the commands. */
@NullMarked
package dev.heddle.cli.json;

import org.jspecify.annotations.NullMarked;
