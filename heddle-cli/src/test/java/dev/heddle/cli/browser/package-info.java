/** Tests of HTML pages in a real browser, and what drives it. */
@NullMarked
package dev.heddle.cli.browser;

import org.jspecify.annotations.NullMarked;
